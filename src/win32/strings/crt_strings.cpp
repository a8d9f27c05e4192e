// SPDX-License-Identifier: MIT
// The narrow strings and the numbers of tcptable_crt.h and stringapiset.h.
#include "win32/export.hpp"
#include "win32/strings/text.hpp"

#include <stringapiset.h>
#include <tcptable_crt.h>

#include <charconv>
#include <type_traits>

using namespace tcptable::win32;

namespace {

template <typename Number>
errno_t print_number(Number value, char* dst, std::size_t size, int radix) {
  const auto fail = [&](errno_t code) {
    if (dst != nullptr && size != 0) dst[0] = '\0';
    return errno = code;
  };
  if (dst == nullptr || size == 0 || radix < 2 || radix > 36) return fail(EINVAL);
  using Unsigned = std::make_unsigned_t<Number>;
  const auto [end, error] = radix == 10
                                ? std::to_chars(dst, dst + size - 1, value)
                                : std::to_chars(dst, dst + size - 1, static_cast<Unsigned>(value), radix);
  if (error != std::errc()) return fail(ERANGE);
  *end = '\0';
  return 0;
}

}  // namespace

TCPTABLE_WIN32_EXPORT int _stricmp(const char* first, const char* second) {
  return compare_folded(first, second, SIZE_MAX);
}

TCPTABLE_WIN32_EXPORT int _strnicmp(const char* first, const char* second, size_t count) {
  return compare_folded(first, second, count);
}

TCPTABLE_WIN32_EXPORT char* _strdup(const char* source) {
  return duplicate(source);
}

TCPTABLE_WIN32_EXPORT long long _atoi64(const char* text) {
  return parse_decimal<long long>(text);
}

TCPTABLE_WIN32_EXPORT errno_t _itoa_s(int value, char* dst, size_t size, int radix) {
  return print_number(value, dst, size, radix);
}

TCPTABLE_WIN32_EXPORT errno_t _ultoa_s(unsigned value, char* dst, size_t size, int radix) {
  return print_number(value, dst, size, radix);
}

TCPTABLE_WIN32_EXPORT errno_t _i64toa_s(long long value, char* dst, size_t size, int radix) {
  return print_number(value, dst, size, radix);
}

TCPTABLE_WIN32_EXPORT errno_t _ui64toa_s(unsigned long long value, char* dst, size_t size, int radix) {
  return print_number(value, dst, size, radix);
}

TCPTABLE_WIN32_EXPORT int WINAPI lstrlenA(LPCSTR lpString) {
  return static_cast<int>(length_of(lpString));
}

TCPTABLE_WIN32_EXPORT LPSTR WINAPI lstrcpyA(LPSTR lpString1, LPCSTR lpString2) {
  return copy_text(lpString1, 0, lpString2, SIZE_MAX);
}

TCPTABLE_WIN32_EXPORT LPSTR WINAPI lstrcpynA(LPSTR lpString1, LPCSTR lpString2, int iMaxLength) {
  return iMaxLength <= 0 ? lpString1
                         : copy_text(lpString1, 0, lpString2, static_cast<std::size_t>(iMaxLength));
}

TCPTABLE_WIN32_EXPORT LPSTR WINAPI lstrcatA(LPSTR lpString1, LPCSTR lpString2) {
  return copy_text(lpString1, length_of(lpString1), lpString2, SIZE_MAX);
}

TCPTABLE_WIN32_EXPORT int WINAPI lstrcmpA(LPCSTR lpString1, LPCSTR lpString2) {
  return compare_nullable(lpString1, lpString2, Case::counts);
}

TCPTABLE_WIN32_EXPORT int WINAPI lstrcmpiA(LPCSTR lpString1, LPCSTR lpString2) {
  return compare_nullable(lpString1, lpString2, Case::ignored);
}
