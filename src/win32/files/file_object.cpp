// SPDX-License-Identifier: MIT
#include "win32/files/file_object.hpp"

#include "win32/error_map.hpp"
#include "win32/files/file_code.hpp"
#include "win32/process/pidfd.hpp"

#include <fileapi.h>

#include <winerror.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>

namespace tcptable::win32 {
namespace {

constexpr mode_t kEverybody = 0666;
constexpr DWORD kReading = GENERIC_READ | GENERIC_EXECUTE | GENERIC_ALL | FILE_READ_DATA;
constexpr DWORD kOverwriting = GENERIC_WRITE | GENERIC_ALL | FILE_WRITE_DATA;
constexpr DWORD kUnsupported = FILE_FLAG_OVERLAPPED | FILE_FLAG_DELETE_ON_CLOSE;

int access_flags(DWORD access) noexcept {
  const bool reads = (access & kReading) != 0;
  const bool overwrites = (access & kOverwriting) != 0;
  const bool appends = !overwrites && (access & FILE_APPEND_DATA) != 0;
  if (overwrites || appends) return (reads ? O_RDWR : O_WRONLY) | (appends ? O_APPEND : 0);
  return reads ? O_RDONLY : O_PATH;
}

int disposition_flags(DWORD disposition) noexcept {
  switch (disposition) {
    case CREATE_NEW:
      return O_CREAT | O_EXCL;
    case CREATE_ALWAYS:
      return O_CREAT | O_TRUNC;
    case OPEN_ALWAYS:
      return O_CREAT;
    case TRUNCATE_EXISTING:
      return O_TRUNC;
    default:
      return 0;
  }
}

DWORD check(const FileObject::Wish& wish) noexcept {
  if (wish.disposition < CREATE_NEW || wish.disposition > TRUNCATE_EXISTING) return ERROR_INVALID_PARAMETER;
  if (wish.disposition == TRUNCATE_EXISTING && (wish.access & kOverwriting) == 0)
    return ERROR_INVALID_PARAMETER;
  return (wish.flags & kUnsupported) != 0 ? ERROR_NOT_SUPPORTED : NO_ERROR;
}

// With O_CREAT, whether the file was there: it is made alone first, so that nobody comes between.
int open_or_create(const std::string& path, int flags, bool& was_there) noexcept {
  for (;;) {
    was_there = false;
    const int made = ::open(path.c_str(), flags | O_EXCL, kEverybody);
    if (made >= 0 || errno != EEXIST || (flags & O_EXCL) != 0) return made;
    was_there = true;
    const int opened = ::open(path.c_str(), flags & ~O_CREAT);
    if (opened >= 0 || errno != ENOENT) return opened;
  }
}

bool is_directory(int descriptor) noexcept {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace

OrCode<FileObject::Opened> FileObject::open(const std::string& path, const Wish& wish) {
  if (const DWORD code = check(wish); code != NO_ERROR) return tl::unexpected(code);
  int flags = access_flags(wish.access) | disposition_flags(wish.disposition) | O_CLOEXEC | O_NOCTTY;
  if ((wish.flags & FILE_FLAG_WRITE_THROUGH) != 0) flags |= O_SYNC;
  const bool creates = (flags & O_CREAT) != 0;
  // A file that is made, or cut, is one that can be read or written.
  if (creates && (flags & O_PATH) != 0) flags = (flags & ~O_PATH) | O_RDONLY;
  bool was_there = true;
  const int opened = creates ? open_or_create(path, flags, was_there) : ::open(path.c_str(), flags);
  if (opened < 0) return tl::unexpected<DWORD>(file_code(errno, path));
  const int descriptor = keep_off_standard(opened);
  if (descriptor < 0) return tl::unexpected<DWORD>(windows_code(errno));
  auto file = std::make_shared<FileObject>(descriptor);
  if ((wish.flags & FILE_FLAG_BACKUP_SEMANTICS) == 0 && is_directory(descriptor))
    return tl::unexpected<DWORD>(ERROR_ACCESS_DENIED);
  return Opened{std::move(file), was_there};
}

FileObject::~FileObject() {
  ::close(descriptor_);
}

DWORD FileObject::flush() const {
  return ::fsync(descriptor_) == 0 ? DWORD{NO_ERROR} : windows_code(errno);
}

OrCode<LONGLONG> FileObject::size() const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return tl::unexpected<DWORD>(windows_code(errno));
  return status.st_size;
}

OrCode<LONGLONG> FileObject::seek(LONGLONG distance, DWORD method) const {
  constexpr int kWhence[] = {SEEK_SET, SEEK_CUR, SEEK_END};
  if (method >= std::size(kWhence)) return tl::unexpected<DWORD>(ERROR_INVALID_PARAMETER);
  const off_t place = ::lseek(descriptor_, distance, kWhence[method]);
  if (place >= 0) return place;
  return tl::unexpected<DWORD>(errno == EINVAL ? ULONG{ERROR_NEGATIVE_SEEK} : windows_code(errno));
}

DWORD FileObject::cut_here() const {
  const auto place = seek(0, FILE_CURRENT);
  if (!place) return place.error();
  if (::ftruncate(descriptor_, *place) == 0) return NO_ERROR;
  return errno == EINVAL || errno == EBADF ? DWORD{ERROR_ACCESS_DENIED} : windows_code(errno);
}

}  // namespace tcptable::win32
