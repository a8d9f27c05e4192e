// SPDX-License-Identifier: MIT
// The wide strings of tcptable_crt.h and stringapiset.h, and from one width to the other. Compiled twice, see
// win32/wide_unit.hpp.
#include "win32/error_map.hpp"
#include "win32/export.hpp"
#include "win32/last_error.hpp"
#include "win32/message/text_encoding.hpp"
#include "win32/strings/text.hpp"
#include "win32/wide_unit.hpp"

#include <stringapiset.h>
#include <tcptable_crt.h>

#include <algorithm>

using namespace tcptable::win32;

namespace {

bool is_utf8(UINT code_page) {
  return code_page == CP_ACP || code_page == CP_OEMCP || code_page == CP_THREAD_ACP || code_page == CP_UTF8;
}

template <typename Char>
struct Text {
  Char* begin;
  int size;
};

// MultiByteToWideChar and its reverse, which differ in the flag for `strict` only.
template <typename To, typename From>
int convert(UINT code_page, bool strict, Text<const From> from, Text<To> to) {
  int written = 0;
  const DWORD code = guarded([&]() -> ULONG {
    const bool has_room = to.begin != nullptr || to.size == 0;
    const bool is_one = static_cast<const void*>(from.begin) == static_cast<const void*>(to.begin);
    if (!is_utf8(code_page) || from.begin == nullptr || from.size == 0 || from.size < -1 || to.size < 0 ||
        !has_room || is_one)
      return ERROR_INVALID_PARAMETER;
    const std::size_t length =
        from.size == -1 ? length_of(from.begin) + 1 : static_cast<std::size_t>(from.size);
    const std::basic_string_view<From> source(from.begin, length);
    if (strict && !is_text(source)) return ERROR_NO_UNICODE_TRANSLATION;
    const std::basic_string<To> converted = transcode<To>(source);
    if (converted.size() > static_cast<std::size_t>(INT_MAX)) return ERROR_INVALID_PARAMETER;
    if (to.size != 0 && converted.size() > static_cast<std::size_t>(to.size))
      return ERROR_INSUFFICIENT_BUFFER;
    if (to.size != 0) std::copy(converted.begin(), converted.end(), to.begin);
    written = static_cast<int>(converted.size());
    return NO_ERROR;
  });
  return code == NO_ERROR ? written : fail_with(code, 0);
}

}  // namespace

TCPTABLE_WIN32_EXPORT int WINAPI MultiByteToWideChar(UINT CodePage, DWORD dwFlags, LPCSTR lpMultiByteStr,
                                                     int cbMultiByte, LPWSTR lpWideCharStr, int cchWideChar) {
  return convert<WideUnit, char>(CodePage, (dwFlags & MB_ERR_INVALID_CHARS) != 0,
                                 {lpMultiByteStr, cbMultiByte}, {units(lpWideCharStr), cchWideChar});
}

TCPTABLE_WIN32_EXPORT int WINAPI WideCharToMultiByte(UINT CodePage, DWORD dwFlags, LPCWSTR lpWideCharStr,
                                                     int cchWideChar, LPSTR lpMultiByteStr, int cbMultiByte,
                                                     LPCSTR /*lpDefaultChar*/, BOOL* lpUsedDefaultChar) {
  if (lpUsedDefaultChar != nullptr) *lpUsedDefaultChar = FALSE;
  return convert<char, WideUnit>(CodePage, (dwFlags & WC_ERR_INVALID_CHARS) != 0,
                                 {units(lpWideCharStr), cchWideChar}, {lpMultiByteStr, cbMultiByte});
}

TCPTABLE_WIN32_EXPORT int _wcsicmp(const wchar_t* first, const wchar_t* second) {
  return compare_folded(units(first), units(second), SIZE_MAX);
}

TCPTABLE_WIN32_EXPORT int _wcsnicmp(const wchar_t* first, const wchar_t* second, size_t count) {
  return compare_folded(units(first), units(second), count);
}

TCPTABLE_WIN32_EXPORT wchar_t* _wcsdup(const wchar_t* source) {
  return reinterpret_cast<wchar_t*>(duplicate(units(source)));
}

TCPTABLE_WIN32_EXPORT int _wtoi(const wchar_t* text) {
  return parse_decimal<int>(units(text));
}

TCPTABLE_WIN32_EXPORT long long _wtoi64(const wchar_t* text) {
  return parse_decimal<long long>(units(text));
}

TCPTABLE_WIN32_EXPORT int WINAPI lstrlenW(LPCWSTR lpString) {
  return static_cast<int>(length_of(units(lpString)));
}

TCPTABLE_WIN32_EXPORT LPWSTR WINAPI lstrcpyW(LPWSTR lpString1, LPCWSTR lpString2) {
  return reinterpret_cast<LPWSTR>(copy_text(units(lpString1), 0, units(lpString2), SIZE_MAX));
}

TCPTABLE_WIN32_EXPORT LPWSTR WINAPI lstrcpynW(LPWSTR lpString1, LPCWSTR lpString2, int iMaxLength) {
  if (iMaxLength <= 0) return lpString1;
  return reinterpret_cast<LPWSTR>(
      copy_text(units(lpString1), 0, units(lpString2), static_cast<std::size_t>(iMaxLength)));
}

TCPTABLE_WIN32_EXPORT LPWSTR WINAPI lstrcatW(LPWSTR lpString1, LPCWSTR lpString2) {
  return reinterpret_cast<LPWSTR>(
      copy_text(units(lpString1), length_of(units(lpString1)), units(lpString2), SIZE_MAX));
}

TCPTABLE_WIN32_EXPORT int WINAPI lstrcmpW(LPCWSTR lpString1, LPCWSTR lpString2) {
  return compare_nullable(units(lpString1), units(lpString2), Case::counts);
}

TCPTABLE_WIN32_EXPORT int WINAPI lstrcmpiW(LPCWSTR lpString1, LPCWSTR lpString2) {
  return compare_nullable(units(lpString1), units(lpString2), Case::ignored);
}
