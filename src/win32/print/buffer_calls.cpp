// SPDX-License-Identifier: MIT
// The printing functions of buffers, which differ in what they do when the text doesn't fit. Compiled twice,
// see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/print/print.hpp"

#include <tcptable_printf.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace tcptable::win32 {
namespace {

template <typename Char>
struct Buffer {
  Char* text;
  std::size_t size;

  // Copies as many characters and ends them with a zero.
  void put(std::basic_string_view<Char> from, std::size_t count) const {
    std::copy_n(from.data(), count, text);
    text[count] = Char{};
  }
};

// snprintf and swprintf: cut, ended, and the answer of the one is the whole length, of the other -1.
enum class Cut { gives_length, fails };

template <typename Char>
int print_cut(Buffer<Char> dst, const Char* format, va_list arguments, Cut cut) {
  if (dst.text == nullptr && dst.size != 0) return fail_print(EINVAL);
  return print(format, arguments, [dst, cut](std::basic_string_view<Char> text) {
    if (dst.size != 0) dst.put(text, std::min(text.size(), dst.size - 1));
    return cut == Cut::fails && text.size() >= dst.size ? -1 : static_cast<int>(text.size());
  });
}

// sprintf and the old swprintf.
template <typename Char>
int print_unbounded(Char* dst, const Char* format, va_list arguments) {
  return print_cut<Char>({dst, SIZE_MAX}, format, arguments, Cut::gives_length);
}

// _snprintf: no zero at the end of a text that fills the buffer.
template <typename Char>
int print_unended(Buffer<Char> dst, const Char* format, va_list arguments) {
  if (dst.text == nullptr && dst.size != 0) return fail_print(EINVAL);
  return print(format, arguments, [dst](std::basic_string_view<Char> text) {
    if (dst.text != nullptr) {
      std::copy_n(text.data(), std::min(text.size(), dst.size), dst.text);
      if (text.size() < dst.size) dst.text[text.size()] = Char{};
    }
    return dst.text != nullptr && text.size() > dst.size ? -1 : static_cast<int>(text.size());
  });
}

template <typename Char>
int fail_empty(Buffer<Char> dst, int code) {
  dst.text[0] = Char{};
  return fail_print(code);
}

// The _s functions. A count below the size, and _TRUNCATE, allow to cut.
template <typename Char>
int print_secure(Buffer<Char> dst, std::size_t count, const Char* format, va_list arguments) {
  if (dst.text == nullptr || dst.size == 0) return fail_print(EINVAL);
  if (format == nullptr) return fail_empty(dst, EINVAL);
  bool fits = true;
  const int printed = print(format, arguments, [&](std::basic_string_view<Char> text) {
    const bool cut_by_count = count < dst.size;
    const std::size_t room = cut_by_count ? count : dst.size - 1;
    fits = text.size() <= room || cut_by_count || count == _TRUNCATE;
    if (fits) dst.put(text, std::min(text.size(), room));
    return text.size() <= room ? static_cast<int>(text.size()) : -1;
  });
  return fits ? printed : fail_empty(dst, ERANGE);
}

template <typename Char>
int count_printed(const Char* format, va_list arguments) {
  return print(format, arguments,
               [](std::basic_string_view<Char> text) { return static_cast<int>(text.size()); });
}

}  // namespace
}  // namespace tcptable::win32

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT int win32_vsprintf(char* dst, const char* format, va_list arguments) {
  return print_unbounded(dst, format, arguments);
}

TCPTABLE_WIN32_EXPORT int win32_sprintf(char* dst, const char* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, win32_vsprintf(dst, format, arguments));
}

TCPTABLE_WIN32_EXPORT int win32_vsnprintf(char* dst, size_t size, const char* format, va_list arguments) {
  return print_cut<char>({dst, size}, format, arguments, Cut::gives_length);
}

TCPTABLE_WIN32_EXPORT int win32_snprintf(char* dst, size_t size, const char* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, win32_vsnprintf(dst, size, format, arguments));
}

TCPTABLE_WIN32_EXPORT int _vsnprintf(char* dst, size_t count, const char* format, va_list arguments) {
  return print_unended<char>({dst, count}, format, arguments);
}

TCPTABLE_WIN32_EXPORT int _snprintf(char* dst, size_t count, const char* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, _vsnprintf(dst, count, format, arguments));
}

TCPTABLE_WIN32_EXPORT int _vsnprintf_s(char* dst, rsize_t size, rsize_t count, const char* format,
                                       va_list arguments) {
  return print_secure<char>({dst, size}, count, format, arguments);
}

TCPTABLE_WIN32_EXPORT int _snprintf_s(char* dst, rsize_t size, rsize_t count, const char* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, _vsnprintf_s(dst, size, count, format, arguments));
}

TCPTABLE_WIN32_EXPORT int vsprintf_s(char* dst, rsize_t size, const char* format, va_list arguments) {
  return _vsnprintf_s(dst, size, size, format, arguments);
}

TCPTABLE_WIN32_EXPORT int sprintf_s(char* dst, rsize_t size, const char* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, vsprintf_s(dst, size, format, arguments));
}

TCPTABLE_WIN32_EXPORT int _vscprintf(const char* format, va_list arguments) {
  return count_printed(format, arguments);
}

TCPTABLE_WIN32_EXPORT int _scprintf(const char* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, _vscprintf(format, arguments));
}

TCPTABLE_WIN32_EXPORT int _vswprintf(wchar_t* dst, const wchar_t* format, va_list arguments) {
  return print_unbounded(units(dst), units(format), arguments);
}

TCPTABLE_WIN32_EXPORT int _swprintf(wchar_t* dst, const wchar_t* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, _vswprintf(dst, format, arguments));
}

TCPTABLE_WIN32_EXPORT int win32_vswprintf(wchar_t* dst, size_t size, const wchar_t* format,
                                          va_list arguments) {
  return print_cut<WideUnit>({units(dst), size}, units(format), arguments, Cut::fails);
}

TCPTABLE_WIN32_EXPORT int win32_swprintf(wchar_t* dst, size_t size, const wchar_t* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, win32_vswprintf(dst, size, format, arguments));
}

TCPTABLE_WIN32_EXPORT int _vsnwprintf(wchar_t* dst, size_t count, const wchar_t* format, va_list arguments) {
  return print_unended<WideUnit>({units(dst), count}, units(format), arguments);
}

TCPTABLE_WIN32_EXPORT int _snwprintf(wchar_t* dst, size_t count, const wchar_t* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, _vsnwprintf(dst, count, format, arguments));
}

TCPTABLE_WIN32_EXPORT int _vsnwprintf_s(wchar_t* dst, rsize_t size, rsize_t count, const wchar_t* format,
                                        va_list arguments) {
  return print_secure<WideUnit>({units(dst), size}, count, units(format), arguments);
}

TCPTABLE_WIN32_EXPORT int _snwprintf_s(wchar_t* dst, rsize_t size, rsize_t count, const wchar_t* format,
                                       ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, _vsnwprintf_s(dst, size, count, format, arguments));
}

TCPTABLE_WIN32_EXPORT int vswprintf_s(wchar_t* dst, rsize_t size, const wchar_t* format, va_list arguments) {
  return _vsnwprintf_s(dst, size, size, format, arguments);
}

TCPTABLE_WIN32_EXPORT int swprintf_s(wchar_t* dst, rsize_t size, const wchar_t* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, vswprintf_s(dst, size, format, arguments));
}

TCPTABLE_WIN32_EXPORT int _vscwprintf(const wchar_t* format, va_list arguments) {
  return count_printed(units(format), arguments);
}

TCPTABLE_WIN32_EXPORT int _scwprintf(const wchar_t* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, _vscwprintf(format, arguments));
}
