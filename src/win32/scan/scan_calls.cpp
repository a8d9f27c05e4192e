// SPDX-License-Identifier: MIT
// The functions of tcptable_scan.h.
#include "win32/export.hpp"
#include "win32/scan/scanner.hpp"

#include <tcptable_scan.h>

#include <cerrno>
#include <new>

using namespace tcptable::win32;

namespace {

int scan_or_fail(ScannedText& text, const char* format, va_list arguments) {
  try {
    return scan(text, format, arguments);
  } catch (const std::bad_alloc&) {
    return errno = ENOMEM, EOF;
  }
}

}  // namespace

TCPTABLE_WIN32_EXPORT int vsscanf_s(const char* text, const char* format, va_list arguments) {
  if (text == nullptr || format == nullptr) return errno = EINVAL, EOF;
  ScannedString scanned(text);
  return scan_or_fail(scanned, format, arguments);
}

TCPTABLE_WIN32_EXPORT int vfscanf_s(FILE* stream, const char* format, va_list arguments) {
  if (stream == nullptr || format == nullptr) return errno = EINVAL, EOF;
  ScannedStream scanned(stream);
  return scan_or_fail(scanned, format, arguments);
}

TCPTABLE_WIN32_EXPORT int vscanf_s(const char* format, va_list arguments) {
  return vfscanf_s(stdin, format, arguments);
}

TCPTABLE_WIN32_EXPORT int sscanf_s(const char* text, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int stored = vsscanf_s(text, format, arguments);
  va_end(arguments);
  return stored;
}

TCPTABLE_WIN32_EXPORT int fscanf_s(FILE* stream, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int stored = vfscanf_s(stream, format, arguments);
  va_end(arguments);
  return stored;
}

TCPTABLE_WIN32_EXPORT int scanf_s(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int stored = vscanf_s(format, arguments);
  va_end(arguments);
  return stored;
}
