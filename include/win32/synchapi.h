/* SPDX-License-Identifier: MIT */
/* Threads that wait for one another: events, critical sections, interlocked numbers, and the waiting. Source:
 * the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_SYNCHAPI_H
#define TCPTABLE_WIN32_SYNCHAPI_H

#include "tcptable_wide.h"
#include "windef.h"

#ifndef INFINITE
#define INFINITE 0xFFFFFFFF
#endif

#define WAIT_OBJECT_0 0x00000000
#define WAIT_FAILED 0xFFFFFFFF
#define MAXIMUM_WAIT_OBJECTS 64

/* Windows' layout; what is in it is the library's. Zeroed it is free, too. */
typedef struct _RTL_CRITICAL_SECTION {
  PVOID DebugInfo;
  LONG LockCount;
  LONG RecursionCount;
  HANDLE OwningThread;
  HANDLE LockSemaphore;
  ULONG_PTR SpinCount;
} CRITICAL_SECTION, *PCRITICAL_SECTION, *LPCRITICAL_SECTION;

/* For arguments that have no meaning here. */
typedef struct _SECURITY_ATTRIBUTES {
  DWORD nLength;
  LPVOID lpSecurityDescriptor;
  BOOL bInheritHandle;
} SECURITY_ATTRIBUTES, *PSECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;

#ifdef __cplusplus
extern "C" {
#endif

/* Waits so many milliseconds, through signals; 0 yields, INFINITE never returns. */
VOID WINAPI Sleep(DWORD dwMilliseconds);

/* An event of this process; NULL with ERROR_NOT_SUPPORTED for one with a name, which others could open. One
 * that is not reset by hand lets one waiter through each time that it is set. */
HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES lpEventAttributes, BOOL bManualReset, BOOL bInitialState,
                           LPCSTR lpName);
HANDLE WINAPI CreateEventW(LPSECURITY_ATTRIBUTES lpEventAttributes, BOOL bManualReset, BOOL bInitialState,
                           LPCWSTR lpName) TCPTABLE_WIN32_WIDE(CreateEventW);
BOOL WINAPI SetEvent(HANDLE hEvent);
BOOL WINAPI ResetEvent(HANDLE hEvent);

/* WAIT_OBJECT_0 when the process or the thread has ended or the event is set, WAIT_TIMEOUT after so many
 * milliseconds, or WAIT_FAILED, with ERROR_INVALID_HANDLE for a handle of another kind. */
DWORD WINAPI WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds);

/* The same for up to MAXIMUM_WAIT_OBJECTS: for one of them, whose place is added to WAIT_OBJECT_0, or for
 * all, of which none is taken before all are there. ERROR_INVALID_PARAMETER for another number, or NULL. */
DWORD WINAPI WaitForMultipleObjects(DWORD nCount, const HANDLE* lpHandles, BOOL bWaitAll,
                                    DWORD dwMilliseconds);

/* A lock that its thread may take again. The spin count changes nothing. */
VOID WINAPI InitializeCriticalSection(LPCRITICAL_SECTION lpCriticalSection);
BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION lpCriticalSection, DWORD dwSpinCount);
VOID WINAPI EnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection);
BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION lpCriticalSection);
VOID WINAPI LeaveCriticalSection(LPCRITICAL_SECTION lpCriticalSection);
VOID WINAPI DeleteCriticalSection(LPCRITICAL_SECTION lpCriticalSection);

#ifdef __cplusplus
}
#endif

/* The new number, but for Exchange, ExchangeAdd and CompareExchange, which give the old one. */
#define TCPTABLE_WIN32_INTERLOCKED(suffix, Number)                                                         \
  __extension__ static __inline__ Number InterlockedIncrement##suffix(Number volatile* Addend) {           \
    return __atomic_add_fetch(Addend, 1, __ATOMIC_SEQ_CST);                                                \
  }                                                                                                        \
  __extension__ static __inline__ Number InterlockedDecrement##suffix(Number volatile* Addend) {           \
    return __atomic_sub_fetch(Addend, 1, __ATOMIC_SEQ_CST);                                                \
  }                                                                                                        \
  __extension__ static __inline__ Number InterlockedExchange##suffix(Number volatile* Target,              \
                                                                     Number Value) {                       \
    return __atomic_exchange_n(Target, Value, __ATOMIC_SEQ_CST);                                           \
  }                                                                                                        \
  __extension__ static __inline__ Number InterlockedExchangeAdd##suffix(Number volatile* Addend,           \
                                                                        Number Value) {                    \
    return __atomic_fetch_add(Addend, Value, __ATOMIC_SEQ_CST);                                            \
  }                                                                                                        \
  __extension__ static __inline__ Number InterlockedCompareExchange##suffix(                               \
      Number volatile* Destination, Number Exchange, Number Comperand) {                                   \
    __atomic_compare_exchange_n(Destination, &Comperand, Exchange, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
    return Comperand;                                                                                      \
  }
TCPTABLE_WIN32_INTERLOCKED(, LONG)
TCPTABLE_WIN32_INTERLOCKED(64, LONG64)
#undef TCPTABLE_WIN32_INTERLOCKED

/* The pointer that was there before. */
static __inline__ PVOID InterlockedExchangePointer(PVOID volatile* Target, PVOID Value) {
  return __atomic_exchange_n(Target, Value, __ATOMIC_SEQ_CST);
}
static __inline__ PVOID InterlockedCompareExchangePointer(PVOID volatile* Destination, PVOID Exchange,
                                                          PVOID Comperand) {
  __atomic_compare_exchange_n(Destination, &Comperand, Exchange, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return Comperand;
}

#ifdef UNICODE
#define CreateEvent CreateEventW
#else
#define CreateEvent CreateEventA
#endif

#endif
