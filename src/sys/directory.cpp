// SPDX-License-Identifier: MIT
#include "sys/directory.hpp"

#include <dirent.h>

#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>

#include "sys/file.hpp"

namespace tcptable::sys {
namespace {

// The fixed part of the kernel's struct linux_dirent64, which glibc's dirent64 mirrors.
constexpr std::size_t kInodeOffset = offsetof(dirent64, d_ino);
constexpr std::size_t kTypeOffset = offsetof(dirent64, d_type);
constexpr std::size_t kLengthOffset = offsetof(dirent64, d_reclen);
constexpr std::size_t kNameOffset = offsetof(dirent64, d_name);

bool is_dot(const char* name) {
  return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

}  // namespace

std::optional<std::int32_t> number_named_by(std::string_view name) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  return number;
}

// The directory of its threads has two links and one for each (proc_task_getattr, fs/proc/base.c).
bool has_one_thread(Kernel& kernel, Path tasks) {
  return kernel.link_count(tasks.directory, tasks.name) == 3;
}

void DirectoryReader::rewind_to(int fd) {
  fd_ = fd;
  used_ = filled_ = 0;
}

Result<std::optional<DirectoryEntry>> DirectoryReader::next_entry() {
  if (used_ == filled_) {
    ssize_t got = 0;
    do {
      got = kernel_.getdents64(fd_, buffer_.data(), buffer_.size());
    } while (got == -EINTR);
    if (got < 0) return tl::unexpected(error_from_errno(step_, static_cast<int>(-got)));
    if (got == 0) return std::nullopt;
    used_ = 0;
    filled_ = static_cast<std::size_t>(got);
  }
  std::uint16_t length = 0;
  const char* entry = buffer_.data() + used_;
  std::memcpy(&length, entry + kLengthOffset, sizeof length);
  if (length <= kNameOffset || length > filled_ - used_) {
    return tl::unexpected(Error{Errc::malformed_reply, step_, 0});
  }
  used_ += length;
  DirectoryEntry result{entry + kNameOffset, 0, entry[kTypeOffset] == DT_DIR};
  std::memcpy(&result.inode, entry + kInodeOffset, sizeof result.inode);
  return result;
}

Result<std::optional<const char*>> DirectoryReader::next() {
  for (;;) {
    auto entry = next_entry();
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry) return std::nullopt;
    if (!is_dot((*entry)->name)) return (*entry)->name;
  }
}

}  // namespace tcptable::sys
