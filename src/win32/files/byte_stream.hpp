// SPDX-License-Identifier: MIT
// What ReadFile and WriteFile work on: a file, or a standard stream.
#pragma once

#include "win32/process/handle_table.hpp"

#include <windef.h>

#include <span>
#include <string_view>

namespace tcptable::win32 {

/// All answers are Windows codes.
class ByteStream : public Object {
 public:
  /// All of it.
  virtual DWORD write(std::string_view bytes) const = 0;
  /// As much as there is; 0 bytes at the end.
  virtual DWORD read(std::span<char> room, DWORD& count) const = 0;
  virtual DWORD flush() const = 0;
};

/// To and from a descriptor, through signals.
DWORD write_bytes(int descriptor, std::string_view bytes) noexcept;
DWORD read_bytes(int descriptor, std::span<char> room, DWORD& count) noexcept;

}  // namespace tcptable::win32
