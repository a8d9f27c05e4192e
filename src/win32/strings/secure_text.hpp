// SPDX-License-Identifier: MIT
// Microsoft's bounds-checked copying and appending, for any width of characters.
#pragma once

#include <securecrt.h>

#include <algorithm>
#include <cerrno>

namespace tcptable::win32 {

template <typename Char>
struct Destination {
  Char* text;
  std::size_t size;

  bool usable() const { return text != nullptr && size != 0; }
};

inline errno_t fail(errno_t code) {
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

/// strncpy_s and, where the text of `dst` ends at `offset`, strncat_s.
template <typename Char>
errno_t put_counted(Destination<Char> dst, std::size_t offset, const Char* src, std::size_t count) {
  if (src == nullptr && count != 0) return fail_empty(dst, EINVAL);
  const std::size_t room = dst.size - offset;
  const std::size_t length = bounded_length(src, std::min(count, room));
  if (length == room && count != _TRUNCATE) return fail_empty(dst, ERANGE);
  const std::size_t copied = std::min(length, room - 1);
  std::copy_n(src, copied, dst.text + offset);
  dst.text[offset + copied] = Char{};
  return copied == length ? 0 : STRUNCATE;
}

template <typename Char>
errno_t copy_counted(Destination<Char> dst, const Char* src, std::size_t count) {
  return dst.usable() ? put_counted(dst, 0, src, count) : fail(EINVAL);
}

template <typename Char>
errno_t append_counted(Destination<Char> dst, const Char* src, std::size_t count) {
  if (!dst.usable()) return fail(EINVAL);
  const std::size_t length = bounded_length(dst.text, dst.size);
  return length == dst.size ? fail_empty(dst, EINVAL) : put_counted(dst, length, src, count);
}

}  // namespace tcptable::win32
