// SPDX-License-Identifier: MIT
// Mutexes and semaphores; what waits for them is in wait_calls.cpp.
#include "win32/export.hpp"
#include "win32/sync/create_mutex.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT HANDLE WINAPI CreateMutexA(LPSECURITY_ATTRIBUTES /*lpMutexAttributes*/,
                                                 BOOL bInitialOwner, LPCSTR lpName) {
  return create_mutex(bInitialOwner, lpName != nullptr && lpName[0] != 0);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI ReleaseMutex(HANDLE hMutex) {
  return succeed_or_fail([&]() -> ULONG {
    const auto mutex = object_of<MutexObject>(hMutex);
    if (mutex == nullptr) return ERROR_INVALID_HANDLE;
    return mutex->release() ? NO_ERROR : ERROR_NOT_OWNER;
  });
}

TCPTABLE_WIN32_EXPORT HANDLE WINAPI CreateSemaphoreA(LPSECURITY_ATTRIBUTES /*lpSemaphoreAttributes*/,
                                                     LONG lInitialCount, LONG lMaximumCount, LPCSTR lpName) {
  return create_semaphore(lInitialCount, lMaximumCount, lpName != nullptr && lpName[0] != 0);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI ReleaseSemaphore(HANDLE hSemaphore, LONG lReleaseCount,
                                                   LPLONG lpPreviousCount) {
  return succeed_or_fail([&]() -> ULONG {
    if (lReleaseCount <= 0) return ERROR_INVALID_PARAMETER;
    const auto semaphore = object_of<SemaphoreObject>(hSemaphore);
    if (semaphore == nullptr) return ERROR_INVALID_HANDLE;
    const auto before = semaphore->release(lReleaseCount);
    if (!before) return ERROR_TOO_MANY_POSTS;
    if (lpPreviousCount != nullptr) *lpPreviousCount = *before;
    return NO_ERROR;
  });
}
