// SPDX-License-Identifier: MIT
// Closing a connection. (Windows page SetTcpEntry)
#include "win32/connection/row_key.hpp"
#include "win32/error_map.hpp"
#include "win32/export.hpp"

#include <iphlpapi.h>

namespace {

using namespace tcptable;
using namespace tcptable::win32;

// A socket that listens is no connection to be found.
bool is_no_connection(Errc code) {
  return code == Errc::not_found || code == Errc::is_listener;
}

}  // namespace

TCPTABLE_WIN32_EXPORT DWORD WINAPI SetTcpEntry(PMIB_TCPROW pTcpRow) {
  if (pTcpRow == nullptr || pTcpRow->dwState != MIB_TCP_STATE_DELETE_TCB) return ERROR_INVALID_PARAMETER;
  return guarded([&]() -> ULONG {
    const auto closed = close_connection(key_from(*pTcpRow));
    if (closed) return NO_ERROR;
    return is_no_connection(closed.error().code) ? ERROR_MR_MID_NOT_FOUND : windows_code(closed.error());
  });
}
