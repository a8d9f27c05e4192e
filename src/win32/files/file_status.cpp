// SPDX-License-Identifier: MIT
#include "win32/files/file_status.hpp"

#include "win32/files/file_code.hpp"

#include <winerror.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>

namespace tcptable::win32 {
namespace {

constexpr mode_t kEverybody = 0777;
constexpr mode_t kMayWrite = 0222;

FILETIME file_time(const struct statx_timestamp& time) noexcept {
  constexpr LONGLONG kTicksPerSecond = 10'000'000;
  constexpr LONGLONG kSecondsFrom1601To1970 = 11'644'473'600;
  const LONGLONG ticks = (time.tv_sec + kSecondsFrom1601To1970) * kTicksPerSecond + time.tv_nsec / 100;
  return {.dwLowDateTime = static_cast<DWORD>(ticks), .dwHighDateTime = static_cast<DWORD>(ticks >> 32)};
}

bool is_hidden(const std::string& path) noexcept {
  const std::size_t name = path.find_last_of('/') + 1;
  return path.size() > name + 1 && path[name] == '.' && path[name + 1] != '.';
}

DWORD attributes_of(const struct statx& status, const std::string& path) noexcept {
  DWORD attributes = 0;
  if (S_ISDIR(status.stx_mode)) attributes |= FILE_ATTRIBUTE_DIRECTORY;
  if ((status.stx_mode & kMayWrite) == 0) attributes |= FILE_ATTRIBUTE_READONLY;
  if (is_hidden(path)) attributes |= FILE_ATTRIBUTE_HIDDEN;
  return attributes != 0 ? attributes : FILE_ATTRIBUTE_NORMAL;
}

int ask(const std::string& path, int flags, struct statx& status) noexcept {
  return ::statx(AT_FDCWD, path.c_str(), flags, STATX_BASIC_STATS | STATX_BTIME, &status);
}

}  // namespace

OrCode<WIN32_FILE_ATTRIBUTE_DATA> file_status(const std::string& path) {
  struct statx status {};
  if (ask(path, 0, status) != 0 && ask(path, AT_SYMLINK_NOFOLLOW, status) != 0)
    return tl::unexpected<DWORD>(file_code(errno, path));
  const bool knows_creation = (status.stx_mask & STATX_BTIME) != 0;
  return WIN32_FILE_ATTRIBUTE_DATA{
      .dwFileAttributes = attributes_of(status, path),
      .ftCreationTime = knows_creation ? file_time(status.stx_btime) : FILETIME{},
      .ftLastAccessTime = file_time(status.stx_atime),
      .ftLastWriteTime = file_time(status.stx_mtime),
      .nFileSizeHigh = static_cast<DWORD>(status.stx_size >> 32),
      .nFileSizeLow = static_cast<DWORD>(status.stx_size),
  };
}

DWORD delete_file(const std::string& path) {
  return ::unlink(path.c_str()) == 0 ? NO_ERROR : file_code(errno, path);
}

DWORD create_directory(const std::string& path) {
  if (::mkdir(path.c_str(), kEverybody) == 0) return NO_ERROR;
  if (errno == EEXIST) return ERROR_ALREADY_EXISTS;
  // What is not there is a directory on the way.
  return errno == ENOENT ? ULONG{ERROR_PATH_NOT_FOUND} : file_code(errno, path);
}

}  // namespace tcptable::win32
