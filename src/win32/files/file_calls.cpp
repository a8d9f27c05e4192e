// SPDX-License-Identifier: MIT
// The functions of fileapi.h that take a file's handle.
#include "win32/export.hpp"
#include "win32/files/file_object.hpp"
#include "win32/last_error.hpp"

#include <fileapi.h>

using namespace tcptable::win32;

namespace {

OrCode<std::shared_ptr<FileObject>> file_of(HANDLE handle) {
  auto file = object_of<FileObject>(handle);
  if (file == nullptr) return tl::unexpected<DWORD>(ERROR_INVALID_HANDLE);
  return file;
}

OrCode<LONGLONG> size_of(HANDLE handle) {
  const auto file = file_of(handle);
  return file ? (*file)->size() : tl::unexpected(file.error());
}

OrCode<LONGLONG> seek(HANDLE handle, LONGLONG distance, DWORD method) {
  const auto file = file_of(handle);
  return file ? (*file)->seek(distance, method) : tl::unexpected(file.error());
}

// The low half, with NO_ERROR as last error, or `failure`.
DWORD halves_of(const OrCode<LONGLONG>& number, DWORD* high, DWORD failure) {
  if (!number) return fail_with(number.error(), failure);
  SetLastError(NO_ERROR);
  if (high != nullptr) *high = static_cast<DWORD>(*number >> 32);
  return static_cast<DWORD>(*number);
}

BOOL whole_of(const OrCode<LONGLONG>& number, PLARGE_INTEGER result) {
  if (!number) return fail_with(number.error(), FALSE);
  if (result != nullptr) result->QuadPart = *number;
  return TRUE;
}

}  // namespace

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetFileSize(HANDLE hFile, LPDWORD lpFileSizeHigh) {
  return halves_of(size_of(hFile), lpFileSizeHigh, INVALID_FILE_SIZE);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetFileSizeEx(HANDLE hFile, PLARGE_INTEGER lpFileSize) {
  if (lpFileSize == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return whole_of(size_of(hFile), lpFileSize);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI SetFilePointer(HANDLE hFile, LONG lDistanceToMove,
                                                  PLONG lpDistanceToMoveHigh, DWORD dwMoveMethod) {
  LARGE_INTEGER distance;
  distance.QuadPart = lDistanceToMove;
  if (lpDistanceToMoveHigh != nullptr) distance.u.HighPart = *lpDistanceToMoveHigh;
  return halves_of(seek(hFile, distance.QuadPart, dwMoveMethod),
                   reinterpret_cast<DWORD*>(lpDistanceToMoveHigh), INVALID_SET_FILE_POINTER);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetFilePointerEx(HANDLE hFile, LARGE_INTEGER liDistanceToMove,
                                                   PLARGE_INTEGER lpNewFilePointer, DWORD dwMoveMethod) {
  return whole_of(seek(hFile, liDistanceToMove.QuadPart, dwMoveMethod), lpNewFilePointer);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetEndOfFile(HANDLE hFile) {
  return succeed_or_fail([&]() -> ULONG {
    const auto file = file_of(hFile);
    return file ? (*file)->cut_here() : file.error();
  });
}
