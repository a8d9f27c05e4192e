// SPDX-License-Identifier: MIT
// wcstombs_s and mbstowcs_s. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/message/text_encoding.hpp"
#include "win32/strings/secure_text.hpp"
#include "win32/wide_unit.hpp"

#include <new>
#include <string>

using namespace tcptable::win32;

namespace {

// The length up to `bound` that splits no character.
template <typename Char>
std::size_t whole_characters(const std::basic_string<Char>& text, std::size_t bound) {
  if (bound >= text.size()) return text.size();
  while (bound > 0 && !begins_character(text[bound])) --bound;
  return bound;
}

template <typename To, typename From>
errno_t convert_text(std::size_t& converted, Destination<To> dst, const From* src, std::size_t count) {
  const std::basic_string_view<From> source(src);
  if (!is_text(source)) return EILSEQ;
  const std::basic_string<To> text = transcode<To>(source);
  if (dst.text == nullptr) {
    converted = text.size() + 1;
    return 0;
  }
  const bool truncates = count == _TRUNCATE;
  if (!truncates && std::min(text.size(), count) >= dst.size) return ERANGE;
  const std::size_t length = whole_characters(text, truncates ? dst.size - 1 : count);
  std::copy_n(text.data(), length, dst.text);
  dst.text[length] = To{};
  converted = length + 1;
  return truncates && length < text.size() ? STRUNCATE : 0;
}

template <typename To, typename From>
errno_t convert(std::size_t* converted, Destination<To> dst, const From* src, std::size_t count) {
  std::size_t units_given = 0;
  errno_t code = EINVAL;
  try {
    if (src != nullptr && (dst.text == nullptr) == (dst.size == 0))
      code = convert_text(units_given, dst, src, count);
  } catch (const std::bad_alloc&) {
    code = ENOMEM;
  }
  if (converted != nullptr) *converted = units_given;
  if (code == 0 || code == STRUNCATE) return code;
  return dst.usable() ? fail_empty(dst, code) : fail(code);
}

}  // namespace

TCPTABLE_WIN32_EXPORT errno_t wcstombs_s(size_t* converted, char* dst, rsize_t size, const wchar_t* src,
                                         rsize_t count) {
  return convert<char, WideUnit>(converted, {dst, size}, units(src), count);
}

TCPTABLE_WIN32_EXPORT errno_t mbstowcs_s(size_t* converted, wchar_t* dst, rsize_t size, const char* src,
                                         rsize_t count) {
  return convert<WideUnit, char>(converted, {units(dst), size}, src, count);
}
