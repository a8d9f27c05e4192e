/* SPDX-License-Identifier: MIT */
/* Threads that wait for one another: events, mutexes, semaphores, critical sections, slim locks, condition
 * variables, interlocked numbers, and the waiting. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_SYNCHAPI_H
#define TCPTABLE_WIN32_SYNCHAPI_H

#include "tcptable_wide.h"
#include "windef.h"

#ifndef INFINITE
#define INFINITE 0xFFFFFFFF
#endif

#define WAIT_OBJECT_0 0x00000000
#define WAIT_ABANDONED 0x00000080
#define WAIT_ABANDONED_0 0x00000080
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

/* Of a pointer's size; what is in them is the library's. */
typedef struct _RTL_SRWLOCK {
  PVOID Ptr;
} SRWLOCK, *PSRWLOCK;
typedef struct _RTL_CONDITION_VARIABLE {
  PVOID Ptr;
} CONDITION_VARIABLE, *PCONDITION_VARIABLE;

#define SRWLOCK_INIT \
  { 0 }
#define CONDITION_VARIABLE_INIT \
  { 0 }
#define CONDITION_VARIABLE_LOCKMODE_SHARED 0x1

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

/* A mutex of this process, for its threads, which take it by waiting for it, also several times; with a name
 * as for events. FALSE with ERROR_NOT_OWNER for a thread that has not got it, or ERROR_INVALID_HANDLE. */
HANDLE WINAPI CreateMutexA(LPSECURITY_ATTRIBUTES lpMutexAttributes, BOOL bInitialOwner, LPCSTR lpName);
HANDLE WINAPI CreateMutexW(LPSECURITY_ATTRIBUTES lpMutexAttributes, BOOL bInitialOwner, LPCWSTR lpName)
    TCPTABLE_WIN32_WIDE(CreateMutexW);
BOOL WINAPI ReleaseMutex(HANDLE hMutex);

/* A number from 0 to the greatest, less by 1 for each waiter that it lets through; with a name as for events.
 * NULL with ERROR_INVALID_PARAMETER, as for LONG_MAX, which is no LONG: MAXLONG is one. FALSE with
 * ERROR_TOO_MANY_POSTS for what would be more than the greatest, ERROR_INVALID_PARAMETER for less than 1, or
 * ERROR_INVALID_HANDLE. */
HANDLE WINAPI CreateSemaphoreA(LPSECURITY_ATTRIBUTES lpSemaphoreAttributes, LONG lInitialCount,
                               LONG lMaximumCount, LPCSTR lpName);
HANDLE WINAPI CreateSemaphoreW(LPSECURITY_ATTRIBUTES lpSemaphoreAttributes, LONG lInitialCount,
                               LONG lMaximumCount, LPCWSTR lpName) TCPTABLE_WIN32_WIDE(CreateSemaphoreW);
BOOL WINAPI ReleaseSemaphore(HANDLE hSemaphore, LONG lReleaseCount, LPLONG lpPreviousCount);

/* WAIT_OBJECT_0 when the process or the thread has ended, the event is set, the mutex is free or the
 * semaphore above 0; WAIT_ABANDONED for a mutex whose thread ended with it, which the waiter has got;
 * WAIT_TIMEOUT after so many milliseconds; or WAIT_FAILED, with ERROR_INVALID_HANDLE for another handle. */
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

/* A lock for one thread, or for several that share it; none may take it twice. The Try ones give FALSE where
 * they would wait. Zeroed it is free. */
VOID WINAPI InitializeSRWLock(PSRWLOCK SRWLock);
VOID WINAPI AcquireSRWLockExclusive(PSRWLOCK SRWLock);
VOID WINAPI AcquireSRWLockShared(PSRWLOCK SRWLock);
BOOLEAN WINAPI TryAcquireSRWLockExclusive(PSRWLOCK SRWLock);
BOOLEAN WINAPI TryAcquireSRWLockShared(PSRWLOCK SRWLock);
VOID WINAPI ReleaseSRWLockExclusive(PSRWLOCK SRWLock);
VOID WINAPI ReleaseSRWLockShared(PSRWLOCK SRWLock);

/* Gives up the lock, waits to be woken, and takes the lock again in any case. FALSE with ERROR_TIMEOUT after
 * so many milliseconds. The caller looks after its condition itself: it may be woken for none. */
VOID WINAPI InitializeConditionVariable(PCONDITION_VARIABLE ConditionVariable);
BOOL WINAPI SleepConditionVariableCS(PCONDITION_VARIABLE ConditionVariable, PCRITICAL_SECTION CriticalSection,
                                     DWORD dwMilliseconds);
BOOL WINAPI SleepConditionVariableSRW(PCONDITION_VARIABLE ConditionVariable, PSRWLOCK SRWLock,
                                      DWORD dwMilliseconds, ULONG Flags);
VOID WINAPI WakeConditionVariable(PCONDITION_VARIABLE ConditionVariable);
VOID WINAPI WakeAllConditionVariable(PCONDITION_VARIABLE ConditionVariable);

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
#define CreateMutex CreateMutexW
#define CreateSemaphore CreateSemaphoreW
#else
#define CreateEvent CreateEventA
#define CreateMutex CreateMutexA
#define CreateSemaphore CreateSemaphoreA
#endif

#endif
