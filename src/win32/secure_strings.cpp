// SPDX-License-Identifier: MIT
// Microsoft's bounds-checked string functions; one template over the character serves char, UTF-16 and
// wchar_t.
#include "win32/export.hpp"

#include <securecrt.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace {

template <typename Char>
struct Destination {
  Char* text;
  std::size_t size;

  bool usable() const { return text != nullptr && size != 0; }
};

errno_t fail(errno_t code) {
  errno = code;
  return code;
}

template <typename Char>
errno_t fail_empty(Destination<Char> dst, errno_t code) {
  dst.text[0] = Char{};
  return fail(code);
}

// The length of a string of which no more than `bound` characters may be read.
template <typename Char>
std::size_t bounded_length(const Char* text, std::size_t bound) {
  std::size_t length = 0;
  while (length < bound && text[length] != Char{}) ++length;
  return length;
}

// Puts `src` at `offset`, where the old text of the destination ends.
template <typename Char>
errno_t put_string(Destination<Char> dst, std::size_t offset, const Char* src) {
  if (src == nullptr) return fail_empty(dst, EINVAL);
  const std::size_t room = dst.size - offset;
  const std::size_t length = bounded_length(src, room);
  if (length == room) return fail_empty(dst, ERANGE);
  std::copy_n(src, length + 1, dst.text + offset);
  return 0;
}

template <typename Char>
errno_t copy_string(Destination<Char> dst, const Char* src) {
  return dst.usable() ? put_string(dst, 0, src) : fail(EINVAL);
}

template <typename Char>
errno_t append_string(Destination<Char> dst, const Char* src) {
  if (!dst.usable()) return fail(EINVAL);
  const std::size_t length = bounded_length(dst.text, dst.size);
  return length == dst.size ? fail_empty(dst, EINVAL) : put_string(dst, length, src);
}

}  // namespace

TCPTABLE_WIN32_EXPORT errno_t strcpy_s(char* dst, rsize_t size, const char* src) {
  return copy_string<char>({dst, size}, src);
}

TCPTABLE_WIN32_EXPORT errno_t strcat_s(char* dst, rsize_t size, const char* src) {
  return append_string<char>({dst, size}, src);
}

TCPTABLE_WIN32_EXPORT errno_t wcscpy_s(wchar_t* dst, rsize_t size, const wchar_t* src) {
  return copy_string<wchar_t>({dst, size}, src);
}

TCPTABLE_WIN32_EXPORT errno_t wcscat_s(wchar_t* dst, rsize_t size, const wchar_t* src) {
  return append_string<wchar_t>({dst, size}, src);
}

// The symbols of the wide functions' own names, in UTF-16; those above are their twins for wchar_t.
TCPTABLE_WIN32_EXPORT errno_t wcscpy_s_utf16(char16_t* dst, rsize_t size,
                                             const char16_t* src) __asm__("wcscpy_s");
TCPTABLE_WIN32_EXPORT errno_t wcscat_s_utf16(char16_t* dst, rsize_t size,
                                             const char16_t* src) __asm__("wcscat_s");

errno_t wcscpy_s_utf16(char16_t* dst, rsize_t size, const char16_t* src) {
  return copy_string<char16_t>({dst, size}, src);
}

errno_t wcscat_s_utf16(char16_t* dst, rsize_t size, const char16_t* src) {
  return append_string<char16_t>({dst, size}, src);
}

TCPTABLE_WIN32_EXPORT errno_t strncpy_s(char* dst, rsize_t size, const char* src, rsize_t count) {
  const Destination<char> destination{dst, size};
  if (!destination.usable()) return fail(EINVAL);
  if (src == nullptr && count != 0) return fail_empty(destination, EINVAL);
  const std::size_t length = bounded_length(src, std::min(count, size));
  if (length == size && count != _TRUNCATE) return fail_empty(destination, ERANGE);
  const std::size_t copied = std::min(length, size - 1);
  std::copy_n(src, copied, dst);
  dst[copied] = '\0';
  return copied == length ? 0 : STRUNCATE;
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
