// SPDX-License-Identifier: MIT
// A path of Windows' functions as the kernel takes it.
#pragma once

#include "win32/system/own_names.hpp"

#include <algorithm>
#include <string>

namespace tcptable::win32 {

template <typename Char>
std::string system_path(const Char* path) {
  std::string narrow = narrow_text(path);
  std::ranges::replace(narrow, '\\', '/');
  return narrow;
}

}  // namespace tcptable::win32
