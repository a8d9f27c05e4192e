// SPDX-License-Identifier: MIT
#include "sys/file.hpp"

#include <fcntl.h>

#include <cerrno>

namespace tcptable::sys {
namespace {

constexpr std::size_t kReadSize = 64 * 1024;

ssize_t read_retrying(Kernel& kernel, int fd, std::span<char> buffer) {
  ssize_t got = 0;
  do {
    got = kernel.read(fd, buffer.data(), buffer.size());
  } while (got == -EINTR);
  return got;
}

}  // namespace

Error error_from_errno(Step step, int sys_errno) {
  switch (sys_errno) {
    case EPERM:
    case EACCES:
      return {Errc::not_permitted, step, sys_errno};
    case ENOMEM:
      return {Errc::no_memory, step, sys_errno};
    case ENOENT:
    case ENOSYS:  // as some seccomp filters refuse
    case EOPNOTSUPP:
    case EAFNOSUPPORT:
    case EPROTONOSUPPORT:
      return {Errc::not_supported, step, sys_errno};
    case ENOBUFS:
      return {Errc::interrupted_dump, step, sys_errno};
    default:
      return {Errc::io, step, sys_errno};
  }
}

Result<UniqueFd> open_at(Kernel& kernel, Path path, int flags, Step step) {
  int fd = 0;
  do {
    fd = kernel.openat(path.directory, path.name, O_RDONLY | O_CLOEXEC | flags);
  } while (fd == -EINTR);
  if (fd < 0) return tl::unexpected(error_from_errno(step, -fd));
  return UniqueFd(kernel, fd);
}

Result<std::string_view> read_small(Kernel& kernel, Path path, std::span<char> buffer, Step step) {
  auto file = open_at(kernel, path, 0, step);
  if (!file) return tl::unexpected(file.error());
  const ssize_t got = read_retrying(kernel, file->get(), buffer);
  if (got < 0) return tl::unexpected(error_from_errno(step, static_cast<int>(-got)));
  return std::string_view(buffer.data(), static_cast<std::size_t>(got));
}

Result<std::string> read_whole(Kernel& kernel, Path path, Step step) {
  auto file = open_at(kernel, path, 0, step);
  if (!file) return tl::unexpected(file.error());
  std::string text;
  for (;;) {
    const std::size_t used = text.size();
    text.resize(used + kReadSize);
    const ssize_t got = read_retrying(kernel, file->get(), {text.data() + used, kReadSize});
    if (got < 0) return tl::unexpected(error_from_errno(step, static_cast<int>(-got)));
    text.resize(used + static_cast<std::size_t>(got));
    if (got == 0) return text;
  }
}

}  // namespace tcptable::sys
