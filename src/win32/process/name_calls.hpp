// SPDX-License-Identifier: MIT
// The functions that name an executable or a module, for any width of characters.
#pragma once

#include "win32/process/mapped_modules.hpp"
#include "win32/process/text_answer.hpp"

#include <processthreadsapi.h>

namespace tcptable::win32 {

template <typename Char>
BOOL query_image_name(HANDLE handle, DWORD flags, Char* buffer, DWORD* size) {
  if (buffer == nullptr || size == nullptr || *size == 0 || (flags & ~DWORD{PROCESS_NAME_NATIVE}) != 0)
    return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return answer_with(FALSE, [&](BOOL& result) -> DWORD {
    const auto process = queried_process(handle);
    if (!process) return process.error();
    const auto path = (*process)->image_path();
    if (!path) return path.error();
    const DWORD code = give_whole(*path, buffer, *size, *size);
    result = code == NO_ERROR ? TRUE : FALSE;
    return code;
  });
}

template <typename Char>
DWORD process_image_file_name(HANDLE handle, Char* buffer, DWORD size) {
  return answer_with(DWORD{0}, [&](DWORD& result) -> DWORD {
    const auto process = queried_process(handle);
    if (!process) return process.error();
    const auto path = (*process)->image_path();
    return path ? give_whole(*path, buffer, size, result) : path.error();
  });
}

template <typename Char>
DWORD module_file_name(HANDLE handle, HMODULE module, Char* buffer, DWORD size) {
  return answer_with(DWORD{0}, [&](DWORD& result) -> DWORD {
    const auto path = module_path(handle, module);
    return path ? give_cut(*path, buffer, size, result) : path.error();
  });
}

template <typename Char>
DWORD module_base_name(HANDLE handle, HMODULE module, Char* buffer, DWORD size) {
  return answer_with(DWORD{0}, [&](DWORD& result) -> DWORD {
    const auto path = module_path(handle, module);
    return path ? give_cut(base_name(*path), buffer, size, result) : path.error();
  });
}

}  // namespace tcptable::win32
