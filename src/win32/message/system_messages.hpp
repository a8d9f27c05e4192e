// SPDX-License-Identifier: MIT
// The English texts of the system's and the sockets' error numbers.
#pragma once

#include <windef.h>

#include <string_view>

namespace tcptable::win32 {

/// The text without its closing line break, or an empty one for a number that has none here. It may hold
/// insert sequences.
std::string_view system_message(DWORD code) noexcept;

}  // namespace tcptable::win32
