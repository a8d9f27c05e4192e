// SPDX-License-Identifier: MIT
// The codes of what goes wrong with a file's name: unlike those of other system calls they tell a file that
// is not there from a directory on the way to it that is not.
#pragma once

#include <windef.h>

#include <string>

namespace tcptable::win32 {

ULONG file_code(int sys_errno, const std::string& path);

}  // namespace tcptable::win32
