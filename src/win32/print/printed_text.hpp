// SPDX-License-Identifier: MIT
// From a format and its arguments to the text that Microsoft's printf makes of them, in memory.
#pragma once

#include <cstdarg>
#include <string>

namespace tcptable::win32 {

template <typename Char>
struct PrintedText {
  std::basic_string<Char> text;
  /// False where the format has a conversion that is unknown; the text is what comes before it.
  bool complete = true;
};

/// `Wide` is the caller's wchar_t, or a type of its size.
template <typename Char, typename Wide>
PrintedText<Char> print_text(const Char* format, va_list arguments);

extern template PrintedText<char> print_text<char, char16_t>(const char*, va_list);
extern template PrintedText<char> print_text<char, wchar_t>(const char*, va_list);
extern template PrintedText<char16_t> print_text<char16_t, char16_t>(const char16_t*, va_list);
extern template PrintedText<wchar_t> print_text<wchar_t, wchar_t>(const wchar_t*, va_list);

}  // namespace tcptable::win32
