// SPDX-License-Identifier: MIT
// The printing functions of streams. Wide text goes through the stream's bytes as UTF-8, so that wide and
// narrow output mix, as they do on Windows and don't in libc. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/message/text_encoding.hpp"
#include "win32/print/print.hpp"

#include <tcptable_printf.h>

#include <string_view>

namespace tcptable::win32 {
namespace {

int write(FILE* stream, std::string_view bytes, std::size_t characters) {
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), stream) == bytes.size();
  return written ? static_cast<int>(characters) : -1;
}

int write(FILE* stream, std::string_view text) {
  return write(stream, text, text.size());
}

int write(FILE* stream, std::basic_string_view<WideUnit> text) {
  return write(stream, transcode<char>(text), text.size());
}

template <typename Char>
int print_to(FILE* stream, const Char* format, va_list arguments) {
  if (stream == nullptr) return fail_print(EINVAL);
  return print(format, arguments,
               [stream](std::basic_string_view<Char> text) { return write(stream, text); });
}

// A line feed follows where `end` says so. Non-negative, or EOF.
int put_text(const wchar_t* text, FILE* stream, std::string_view end) {
  if (text == nullptr || stream == nullptr) return fail_print(EINVAL);
  try {
    const std::string bytes = transcode<char>(std::basic_string_view(units(text))).append(end);
    return write(stream, bytes, 0);
  } catch (const std::bad_alloc&) {
    return fail_print(ENOMEM);
  }
}

}  // namespace
}  // namespace tcptable::win32

using tcptable::win32::print_to;
using tcptable::win32::put_text;
using tcptable::win32::units;

TCPTABLE_WIN32_EXPORT int win32_vfprintf(FILE* stream, const char* format, va_list arguments) {
  return print_to(stream, format, arguments);
}

TCPTABLE_WIN32_EXPORT int win32_vprintf(const char* format, va_list arguments) {
  return print_to(stdout, format, arguments);
}

TCPTABLE_WIN32_EXPORT int win32_fprintf(FILE* stream, const char* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, print_to(stream, format, arguments));
}

TCPTABLE_WIN32_EXPORT int win32_printf(const char* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, print_to(stdout, format, arguments));
}

TCPTABLE_WIN32_EXPORT int win32_vfwprintf(FILE* stream, const wchar_t* format, va_list arguments) {
  return print_to(stream, units(format), arguments);
}

TCPTABLE_WIN32_EXPORT int win32_vwprintf(const wchar_t* format, va_list arguments) {
  return print_to(stdout, units(format), arguments);
}

TCPTABLE_WIN32_EXPORT int win32_fwprintf(FILE* stream, const wchar_t* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, print_to(stream, units(format), arguments));
}

TCPTABLE_WIN32_EXPORT int win32_wprintf(const wchar_t* format, ...) {
  TCPTABLE_FORWARD_ARGUMENTS(format, print_to(stdout, units(format), arguments));
}

TCPTABLE_WIN32_EXPORT int win32_fputws(const wchar_t* text, FILE* stream) {
  return put_text(text, stream, "");
}

TCPTABLE_WIN32_EXPORT int _putws(const wchar_t* text) {
  return put_text(text, stdout, "\n");
}

TCPTABLE_WIN32_EXPORT wint_t win32_fputwc(wchar_t character, FILE* stream) {
  const wchar_t text[] = {character, 0};
  return put_text(text, stream, "") < 0 ? WEOF : static_cast<wint_t>(character);
}

TCPTABLE_WIN32_EXPORT wint_t win32_putwchar(wchar_t character) {
  return win32_fputwc(character, stdout);
}
