// SPDX-License-Identifier: MIT
// Critical sections: a lock in the caller's structure, so that none can fail to be made. LockCount is 0 for
// free, 1 for taken, 2 for taken and waited for, OwningThread an address that only its thread has.
#include "win32/export.hpp"
#include "win32/last_error.hpp"

#include <synchapi.h>

#include <atomic>

using namespace tcptable::win32;

namespace {

constexpr LONG kFree = 0;
constexpr LONG kTaken = 1;
constexpr LONG kWaitedFor = 2;

HANDLE this_thread() {
  static thread_local char own_address = 0;
  return &own_address;
}

bool is_own(const CRITICAL_SECTION& section) {
  return __atomic_load_n(&section.OwningThread, __ATOMIC_RELAXED) == this_thread();
}

void become_owner(CRITICAL_SECTION& section) {
  __atomic_store_n(&section.OwningThread, this_thread(), __ATOMIC_RELAXED);
  section.RecursionCount = 1;
}

bool take_if_free(CRITICAL_SECTION& section) {
  LONG free = kFree;
  return std::atomic_ref(section.LockCount).compare_exchange_strong(free, kTaken, std::memory_order_acquire);
}

void take(CRITICAL_SECTION& section) {
  if (take_if_free(section)) return;
  const std::atomic_ref count(section.LockCount);
  while (count.exchange(kWaitedFor, std::memory_order_acquire) != kFree) count.wait(kWaitedFor);
}

}  // namespace

TCPTABLE_WIN32_EXPORT VOID WINAPI InitializeCriticalSection(LPCRITICAL_SECTION lpCriticalSection) {
  *lpCriticalSection = {};
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION lpCriticalSection,
                                                                        DWORD dwSpinCount) {
  if (lpCriticalSection == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  *lpCriticalSection = {};
  lpCriticalSection->SpinCount = dwSpinCount;
  return TRUE;
}

TCPTABLE_WIN32_EXPORT VOID WINAPI EnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection) {
  if (is_own(*lpCriticalSection)) {
    ++lpCriticalSection->RecursionCount;
    return;
  }
  take(*lpCriticalSection);
  become_owner(*lpCriticalSection);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection) {
  if (is_own(*lpCriticalSection)) {
    ++lpCriticalSection->RecursionCount;
    return TRUE;
  }
  if (!take_if_free(*lpCriticalSection)) return FALSE;
  become_owner(*lpCriticalSection);
  return TRUE;
}

TCPTABLE_WIN32_EXPORT VOID WINAPI LeaveCriticalSection(LPCRITICAL_SECTION lpCriticalSection) {
  if (--lpCriticalSection->RecursionCount != 0) return;
  __atomic_store_n(&lpCriticalSection->OwningThread, HANDLE{nullptr}, __ATOMIC_RELAXED);
  const std::atomic_ref count(lpCriticalSection->LockCount);
  if (count.exchange(kFree, std::memory_order_release) == kWaitedFor) count.notify_one();
}

TCPTABLE_WIN32_EXPORT VOID WINAPI DeleteCriticalSection(LPCRITICAL_SECTION lpCriticalSection) {
  *lpCriticalSection = {};
}
