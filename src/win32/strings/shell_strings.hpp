// SPDX-License-Identifier: MIT
// What shlwapi.h has besides the parts of a path, for any width of characters.
#pragma once

#include "win32/files/file_code.hpp"
#include "win32/files/system_path.hpp"
#include "win32/last_error.hpp"
#include "win32/strings/text.hpp"

#include <unistd.h>

namespace tcptable::win32 {

template <typename Char>
BOOL path_exists(const Char* path) noexcept {
  if (path == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const std::string name = system_path(path);
    return ::access(name.c_str(), F_OK) == 0 ? ULONG{NO_ERROR} : file_code(errno, name);
  });
}

template <typename Char>
const Char* find_folded(const Char* text, const Char* wanted) noexcept {
  if (text == nullptr || wanted == nullptr || *wanted == 0) return nullptr;
  const std::size_t length = length_of(wanted);
  for (; *text != 0; ++text) {
    if (compare(text, wanted, length, Case::ignored) == 0) return text;
  }
  return nullptr;
}

}  // namespace tcptable::win32
