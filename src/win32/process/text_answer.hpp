// SPDX-License-Identifier: MIT
// The ways in which the process functions give a text to a buffer of the caller's: they differ in what they
// do when it doesn't fit. `Char` is char for UTF-8, or a wide character.
#pragma once

#include "win32/error_map.hpp"
#include "win32/last_error.hpp"
#include "win32/message/text_encoding.hpp"
#include "win32/process/process_object.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>

namespace tcptable::win32 {

template <typename Char>
std::basic_string<Char> text_in(std::string_view path) {
  if constexpr (std::is_same_v<Char, char>) {
    return std::string(path);  // bytes as they are: a path may be no UTF-8
  } else {
    return transcode<Char>(path);
  }
}

template <typename Char>
void put_text(std::basic_string_view<Char> text, Char* buffer) {
  std::ranges::copy(text, buffer);
  buffer[text.size()] = Char{};
}

/// Runs `answer`, which returns a Windows code and sets `result`; a failure is `failure` with that code in
/// the last error.
template <typename Result, typename Answer>
Result answer_with(Result failure, const Answer& answer) noexcept {
  Result result = failure;
  const DWORD code = guarded([&] { return answer(result); });
  if (code == NO_ERROR) return result;
  SetLastError(code);
  return code == ERROR_INSUFFICIENT_BUFFER ? result : failure;
}

/// All or nothing. The result is the length.
template <typename Char>
DWORD give_whole(std::string_view path, Char* buffer, DWORD size, DWORD& result) {
  const auto text = text_in<Char>(path);
  if (buffer == nullptr || text.size() >= size) return ERROR_INSUFFICIENT_BUFFER;
  put_text<Char>(text, buffer);
  result = static_cast<DWORD>(text.size());
  return NO_ERROR;
}

/// Cut to the buffer, with a zero at the end. The result is the length, or the size when it was cut.
template <typename Char>
DWORD give_cut(std::string_view path, Char* buffer, DWORD size, DWORD& result) {
  if (give_whole(path, buffer, size, result) == NO_ERROR) return NO_ERROR;
  if (buffer != nullptr && size != 0) {
    const auto text = text_in<Char>(path);
    put_text<Char>(std::basic_string_view<Char>(text).substr(0, size - 1), buffer);
    result = size;
  }
  return ERROR_INSUFFICIENT_BUFFER;
}

}  // namespace tcptable::win32
