// SPDX-License-Identifier: MIT
// CreateMutexW and CreateSemaphoreW. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/sync/create_mutex.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT HANDLE WINAPI CreateMutexW(LPSECURITY_ATTRIBUTES /*lpMutexAttributes*/,
                                                 BOOL bInitialOwner, LPCWSTR lpName) {
  return create_mutex(bInitialOwner, lpName != nullptr && lpName[0] != 0);
}

TCPTABLE_WIN32_EXPORT HANDLE WINAPI CreateSemaphoreW(LPSECURITY_ATTRIBUTES /*lpSemaphoreAttributes*/,
                                                     LONG lInitialCount, LONG lMaximumCount, LPCWSTR lpName) {
  return create_semaphore(lInitialCount, lMaximumCount, lpName != nullptr && lpName[0] != 0);
}
