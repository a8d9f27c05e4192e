// SPDX-License-Identifier: MIT
// What LoadLibrary and its like do with a name, once it is in UTF-8.
#pragma once

#include "win32/error_map.hpp"
#include "win32/last_error.hpp"
#include "win32/loader/own_library.hpp"
#include "win32/message/text_encoding.hpp"

#include <string>
#include <string_view>

namespace tcptable::win32 {

/// A null handle and a Windows code in the last error for every other library.
inline HMODULE library_of(std::string_view file_name) noexcept {
  if (names_own_library(file_name)) return own_library();
  return fail_with<HMODULE>(ERROR_MOD_NOT_FOUND, nullptr);
}

template <typename Char>
HMODULE load_library(const Char* file_name, HANDLE file) noexcept {
  if (file_name == nullptr || file != nullptr) return fail_with<HMODULE>(ERROR_INVALID_PARAMETER, nullptr);
  HMODULE library = nullptr;
  const DWORD code = guarded([&]() -> ULONG {
    library = library_of(transcode<char>(std::basic_string_view<Char>(file_name)));
    return NO_ERROR;
  });
  return code == NO_ERROR ? library : fail_with<HMODULE>(code, nullptr);
}

template <typename Char>
HMODULE module_handle(const Char* file_name) noexcept {
  return file_name == nullptr ? own_executable() : load_library(file_name, nullptr);
}

}  // namespace tcptable::win32
