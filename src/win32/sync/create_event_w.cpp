// SPDX-License-Identifier: MIT
// CreateEventW. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/sync/create_event.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES /*lpEventAttributes*/,
                                                 BOOL bManualReset, BOOL bInitialState, LPCWSTR lpName) {
  return create_event(bManualReset, bInitialState, lpName != nullptr && lpName[0] != 0);
}
