// SPDX-License-Identifier: MIT
#include "win32/scan/scan_conversion.hpp"

namespace tcptable::win32 {
namespace {

constexpr std::string_view kLetters = "diuoxXeEfFgGaAscpn%";

bool take_prefix(std::string_view& format, std::string_view prefix) noexcept {
  if (!format.starts_with(prefix)) return false;
  format.remove_prefix(prefix.size());
  return true;
}

void take_width(std::string_view& format, ScanConversion& conversion) noexcept {
  while (!format.empty() && format[0] >= '0' && format[0] <= '9') {
    const std::size_t before = conversion.has_width ? conversion.width : 0;
    conversion.width = before * 10 + static_cast<std::size_t>(format[0] - '0');
    conversion.has_width = true;
    format.remove_prefix(1);
  }
}

void take_size(std::string_view& format, ScanConversion& conversion) noexcept {
  struct Prefix {
    std::string_view text;
    NumberSize size;
  };
  constexpr Prefix kPrefixes[] = {
      {"I64", NumberSize::bits64},    {"I32", NumberSize::bits32}, {"ll", NumberSize::bits64},
      {"hh", NumberSize::bits8},      {"h", NumberSize::bits16},   {"j", NumberSize::bits64},
      {"z", NumberSize::bits64},      {"t", NumberSize::bits64},   {"I", NumberSize::bits64},
      {"L", NumberSize::long_double},
  };
  for (const Prefix& prefix : kPrefixes) {
    if (!take_prefix(format, prefix.text)) continue;
    conversion.size = prefix.size;
    return;
  }
  conversion.has_l = take_prefix(format, "l");
}

// A ']' at the beginning is one of the set.
void take_set(std::string_view& format, ScanConversion& conversion) noexcept {
  const std::size_t first = format.starts_with('^') ? 2 : 1;
  const std::size_t end = format.find(']', first);
  if (end == std::string_view::npos) return;
  conversion.letter = '[';
  conversion.set = format.substr(0, end);
  format.remove_prefix(end + 1);
}

}  // namespace

ScanConversion parse_scan_conversion(std::string_view& format) noexcept {
  ScanConversion conversion;
  conversion.is_stored = !take_prefix(format, "*");
  take_width(format, conversion);
  take_size(format, conversion);
  const bool is_wide = conversion.has_l && !format.empty() &&
                       std::string_view("sc[").find(format[0]) != std::string_view::npos;
  if (format.empty() || is_wide) return conversion;
  if (take_prefix(format, "[")) {
    take_set(format, conversion);
  } else if (kLetters.find(format[0]) != std::string_view::npos) {
    conversion.letter = format[0];
    format.remove_prefix(1);
  }
  return conversion;
}

bool set_has(std::string_view set, char letter) noexcept {
  const bool wanted = !take_prefix(set, "^");
  for (std::size_t i = 0; i < set.size(); ++i) {
    const bool is_range = i + 2 < set.size() && set[i + 1] == '-';
    const auto first = static_cast<unsigned char>(set[i]);
    const auto last = static_cast<unsigned char>(is_range ? set[i + 2] : set[i]);
    const auto each = static_cast<unsigned char>(letter);
    if (each >= first && each <= last) return wanted;
    if (is_range) i += 2;
  }
  return !wanted;
}

}  // namespace tcptable::win32
