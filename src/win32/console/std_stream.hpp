// SPDX-License-Identifier: MIT
// The objects behind GetStdHandle: a descriptor, and the stream of stdio that writes to it, too.
#pragma once

#include "win32/files/byte_stream.hpp"
#include "win32/process/process_object.hpp"

#include <windef.h>

#include <cstdio>
#include <string>
#include <string_view>

namespace tcptable::win32 {

class StdStream final : public ByteStream {
 public:
  StdStream(int descriptor, std::FILE* stream) : descriptor_(descriptor), stream_(stream) {}

  int descriptor() const { return descriptor_; }
  bool is_input() const { return descriptor_ == 0; }

  /// Behind what the stream's buffer has.
  DWORD write(std::string_view bytes) const override;
  /// Before what the stream's buffer has.
  DWORD read(std::span<char> room, DWORD& count) const override;
  DWORD flush() const override;

 private:
  const int descriptor_;
  std::FILE* const stream_;
};

/// A stream whose other end is a terminal: ERROR_INVALID_HANDLE for everything else.
OrCode<std::shared_ptr<StdStream>> console_of(HANDLE handle);
OrCode<std::shared_ptr<StdStream>> console_output_of(HANDLE handle);

/// The standard output, or the standard error, that is a terminal; nothing where none is.
std::shared_ptr<StdStream> any_console_output();

}  // namespace tcptable::win32
