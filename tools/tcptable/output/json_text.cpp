// SPDX-License-Identifier: MIT
// Quoting: RapidJSON takes only UTF-8, and these bytes may be anything.
#include "tcptable/output/json_text.hpp"

#include <fmt/format.h>

#include <iterator>

#include "tcptable/output/display.hpp"

namespace tool {
namespace {

constexpr char32_t kReplacement = 0xfffd;

}  // namespace

Quoted quote(std::string_view bytes) {
  Quoted result;
  const auto out = std::back_inserter(result.text);
  for (std::size_t at = 0; at < bytes.size();) {
    const auto decoded = next_code_point(bytes, at);
    result.lossy = result.lossy || !decoded;
    const auto c = static_cast<std::uint32_t>(decoded.value_or(kReplacement));
    if (c == '"' || c == '\\') {
      fmt::format_to(out, "\\{}", static_cast<char>(c));
    } else if (c >= 0x20 && c < 0x7f) {
      result.text += static_cast<char>(c);
    } else if (c < 0x10000) {
      fmt::format_to(out, "\\u{:04x}", c);
    } else {
      fmt::format_to(out, "\\u{:04x}\\u{:04x}", 0xd7c0 + (c >> 10), 0xdc00 + (c & 0x3ff));
    }
  }
  result.text += '"';
  return result;
}

void write_word(JsonWriter& writer, std::string_view word) {
  writer.String(word.data(), static_cast<rapidjson::SizeType>(word.size()));
}

void write_text(JsonWriter& writer, std::string_view bytes) {
  const std::string quoted = quote(bytes).text;
  writer.RawValue(quoted.data(), quoted.size(), rapidjson::kStringType);
}

}  // namespace tool
