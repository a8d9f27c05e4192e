// SPDX-License-Identifier: MIT
// ReadFile, WriteFile, FlushFileBuffers.
#include "win32/files/byte_stream.hpp"

#include "win32/error_map.hpp"
#include "win32/export.hpp"
#include "win32/last_error.hpp"

#include <windows.h>

#include <unistd.h>
#include <cerrno>

namespace tcptable::win32 {
namespace {

// A descriptor that was not opened for it says so with EBADF.
DWORD code_of(int sys_errno) noexcept {
  if (sys_errno == EBADF) return ERROR_ACCESS_DENIED;
  if (sys_errno == ENOSPC || sys_errno == EDQUOT) return ERROR_DISK_FULL;
  return sys_errno == EPIPE ? DWORD{ERROR_BROKEN_PIPE} : windows_code(sys_errno);
}

}  // namespace

DWORD write_bytes(int descriptor, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return code_of(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return NO_ERROR;
}

DWORD read_bytes(int descriptor, std::span<char> room, DWORD& count) noexcept {
  ssize_t given = -1;
  do {
    given = ::read(descriptor, room.data(), room.size());
  } while (given < 0 && errno == EINTR);
  if (given < 0) return code_of(errno);
  count = static_cast<DWORD>(given);
  return NO_ERROR;
}

}  // namespace tcptable::win32

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI WriteFile(HANDLE hFile, LPCVOID lpBuffer, DWORD nNumberOfBytesToWrite,
                                            LPDWORD lpNumberOfBytesWritten, LPVOID lpOverlapped) {
  if (lpNumberOfBytesWritten != nullptr) *lpNumberOfBytesWritten = 0;
  return succeed_or_fail([&]() -> ULONG {
    const auto stream = object_of<ByteStream>(hFile);
    if (stream == nullptr) return ERROR_INVALID_HANDLE;
    if (lpOverlapped != nullptr || (lpBuffer == nullptr && nNumberOfBytesToWrite != 0))
      return ERROR_INVALID_PARAMETER;
    const DWORD code = stream->write({static_cast<const char*>(lpBuffer), nNumberOfBytesToWrite});
    if (code == NO_ERROR && lpNumberOfBytesWritten != nullptr)
      *lpNumberOfBytesWritten = nNumberOfBytesToWrite;
    return code;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI ReadFile(HANDLE hFile, LPVOID lpBuffer, DWORD nNumberOfBytesToRead,
                                           LPDWORD lpNumberOfBytesRead, LPOVERLAPPED lpOverlapped) {
  if (lpNumberOfBytesRead != nullptr) *lpNumberOfBytesRead = 0;
  return succeed_or_fail([&]() -> ULONG {
    const auto stream = object_of<ByteStream>(hFile);
    if (stream == nullptr) return ERROR_INVALID_HANDLE;
    if (lpOverlapped != nullptr || lpNumberOfBytesRead == nullptr ||
        (lpBuffer == nullptr && nNumberOfBytesToRead != 0))
      return ERROR_INVALID_PARAMETER;
    return stream->read({static_cast<char*>(lpBuffer), nNumberOfBytesToRead}, *lpNumberOfBytesRead);
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI FlushFileBuffers(HANDLE hFile) {
  return succeed_or_fail([&]() -> ULONG {
    const auto stream = object_of<ByteStream>(hFile);
    return stream != nullptr ? stream->flush() : DWORD{ERROR_INVALID_HANDLE};
  });
}
