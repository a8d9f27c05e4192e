// SPDX-License-Identifier: MIT
// Microsoft's bounds-checked string functions for wide characters. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/strings/secure_text.hpp"
#include "win32/wide_unit.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT errno_t wcscpy_s(wchar_t* dst, rsize_t size, const wchar_t* src) {
  return copy_string<WideUnit>({units(dst), size}, units(src));
}

TCPTABLE_WIN32_EXPORT errno_t wcscat_s(wchar_t* dst, rsize_t size, const wchar_t* src) {
  return append_string<WideUnit>({units(dst), size}, units(src));
}

TCPTABLE_WIN32_EXPORT errno_t wcsncpy_s(wchar_t* dst, rsize_t size, const wchar_t* src, rsize_t count) {
  return copy_counted<WideUnit>({units(dst), size}, units(src), count);
}

TCPTABLE_WIN32_EXPORT errno_t wcsncat_s(wchar_t* dst, rsize_t size, const wchar_t* src, rsize_t count) {
  return append_counted<WideUnit>({units(dst), size}, units(src), count);
}
