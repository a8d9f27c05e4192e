// SPDX-License-Identifier: MIT
#include "win32/error_map.hpp"

#include <cerrno>

namespace tcptable::win32 {

ULONG windows_code(const Error& error) noexcept {
  switch (error.code) {
    case Errc::invalid_argument:  // only a bad TCPTABLE_BACKEND: the caller's arguments were checked before
    case Errc::not_supported:
    case Errc::is_multipath:
      return ERROR_NOT_SUPPORTED;
    case Errc::not_permitted:
      return ERROR_ACCESS_DENIED;
    case Errc::no_memory:
      return ERROR_NOT_ENOUGH_MEMORY;
    case Errc::malformed_reply:
      return ERROR_INVALID_DATA;
    case Errc::not_found:
      return ERROR_NOT_FOUND;
    case Errc::is_listener:  // only SetTcpEntry meets one, and has a code of its own for it
    case Errc::interrupted_dump:
    case Errc::io:
      return ERROR_GEN_FAILURE;
  }
  return ERROR_GEN_FAILURE;
}

ULONG windows_code(int sys_errno) noexcept {
  switch (sys_errno) {
    case EPERM:
    case EACCES:
      return ERROR_ACCESS_DENIED;
    case EMFILE:
    case ENFILE:
      return ERROR_TOO_MANY_OPEN_FILES;
    case ENOMEM:
      return ERROR_NOT_ENOUGH_MEMORY;
    case ENOSYS:
      return ERROR_NOT_SUPPORTED;
    case ENOENT:
    case ESRCH:
      return ERROR_NOT_FOUND;
    default:
      return ERROR_GEN_FAILURE;
  }
}

}  // namespace tcptable::win32
