// SPDX-License-Identifier: MIT
#include "win32/files/file_code.hpp"

#include "win32/error_map.hpp"

#include <winerror.h>

#include <unistd.h>
#include <cerrno>

namespace tcptable::win32 {
namespace {

bool has_directory(const std::string& path) {
  const std::size_t end = path.find_last_of('/');
  return end == std::string::npos || end == 0 || ::access(path.substr(0, end).c_str(), F_OK) == 0;
}

}  // namespace

ULONG file_code(int sys_errno, const std::string& path) {
  switch (sys_errno) {
    case ENOENT:
      return has_directory(path) ? ERROR_FILE_NOT_FOUND : ERROR_PATH_NOT_FOUND;
    case ENOTDIR:
    case ELOOP:
      return ERROR_PATH_NOT_FOUND;
    case EEXIST:
      return ERROR_FILE_EXISTS;
    case EISDIR:
    case EROFS:
    case ETXTBSY:
      return ERROR_ACCESS_DENIED;
    case ENAMETOOLONG:
      return ERROR_FILENAME_EXCED_RANGE;
    default:
      return windows_code(sys_errno);
  }
}

}  // namespace tcptable::win32
