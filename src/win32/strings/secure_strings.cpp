// SPDX-License-Identifier: MIT
// Microsoft's bounds-checked string functions for char and for bytes.
#include "win32/export.hpp"
#include "win32/strings/secure_text.hpp"

#include <cstring>

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT errno_t strcpy_s(char* dst, rsize_t size, const char* src) {
  return copy_string<char>({dst, size}, src);
}

TCPTABLE_WIN32_EXPORT errno_t strcat_s(char* dst, rsize_t size, const char* src) {
  return append_string<char>({dst, size}, src);
}

TCPTABLE_WIN32_EXPORT errno_t strncpy_s(char* dst, rsize_t size, const char* src, rsize_t count) {
  return copy_counted<char>({dst, size}, src, count);
}

TCPTABLE_WIN32_EXPORT errno_t strncat_s(char* dst, rsize_t size, const char* src, rsize_t count) {
  return append_counted<char>({dst, size}, src, count);
}

TCPTABLE_WIN32_EXPORT errno_t memmove_s(void* dst, rsize_t size, const void* src, rsize_t count) {
  if (count == 0) return 0;
  if (dst == nullptr) return fail(EINVAL);
  if (src == nullptr || size < count) {
    std::memset(dst, 0, size);
    return fail(src == nullptr ? EINVAL : ERANGE);
  }
  std::memmove(dst, src, count);
  return 0;
}

TCPTABLE_WIN32_EXPORT errno_t memcpy_s(void* dst, rsize_t size, const void* src, rsize_t count) {
  return memmove_s(dst, size, src, count);
}
