// SPDX-License-Identifier: MIT
// An opened file.
#pragma once

#include "win32/files/byte_stream.hpp"
#include "win32/process/process_object.hpp"

#include <string>

namespace tcptable::win32 {

class FileObject final : public ByteStream {
 public:
  /// What CreateFile is asked for.
  struct Wish {
    DWORD access;
    DWORD disposition;
    DWORD flags;
  };
  struct Opened {
    std::shared_ptr<FileObject> file;
    bool was_there;
  };
  static OrCode<Opened> open(const std::string& path, const Wish& wish);

  explicit FileObject(int descriptor) noexcept : descriptor_(descriptor) {}
  FileObject(const FileObject&) = delete;
  FileObject& operator=(const FileObject&) = delete;
  ~FileObject() override;

  DWORD write(std::string_view bytes) const override { return write_bytes(descriptor_, bytes); }
  DWORD read(std::span<char> room, DWORD& count) const override {
    return read_bytes(descriptor_, room, count);
  }
  DWORD flush() const override;

  OrCode<LONGLONG> size() const;
  /// The new place.
  OrCode<LONGLONG> seek(LONGLONG distance, DWORD method) const;
  DWORD cut_here() const;

 private:
  const int descriptor_;
};

}  // namespace tcptable::win32
