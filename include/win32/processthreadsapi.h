/* SPDX-License-Identifier: MIT */
/* Threads, and processes: opening one, asking what it runs, waiting for its end, ending it. A handle means
 * one process for ever, also when another has got its pid meanwhile. Source: the Microsoft page of each
 * function's name. */
#ifndef TCPTABLE_WIN32_PROCESSTHREADSAPI_H
#define TCPTABLE_WIN32_PROCESSTHREADSAPI_H

#include "handleapi.h"
#include "synchapi.h"
#include "tcptable_wide.h"
#include "windef.h"

#define SYNCHRONIZE 0x00100000
#define STANDARD_RIGHTS_REQUIRED 0x000F0000
#define PROCESS_TERMINATE 0x0001
#define PROCESS_CREATE_THREAD 0x0002
#define PROCESS_VM_OPERATION 0x0008
#define PROCESS_VM_READ 0x0010
#define PROCESS_VM_WRITE 0x0020
#define PROCESS_DUP_HANDLE 0x0040
#define PROCESS_CREATE_PROCESS 0x0080
#define PROCESS_SET_QUOTA 0x0100
#define PROCESS_SET_INFORMATION 0x0200
#define PROCESS_QUERY_INFORMATION 0x0400
#define PROCESS_SUSPEND_RESUME 0x0800
#define PROCESS_QUERY_LIMITED_INFORMATION 0x1000
#define PROCESS_ALL_ACCESS (STANDARD_RIGHTS_REQUIRED | SYNCHRONIZE | 0xFFFF)

#define PROCESS_NAME_NATIVE 0x00000001

#define STATUS_PENDING TCPTABLE_WIN32_CAST(LONG, 0x00000103)
#define STILL_ACTIVE STATUS_PENDING

#ifdef __cplusplus
extern "C" {
#endif

DWORD WINAPI GetCurrentProcessId(void);

/* The kernel's thread id, as /proc/self/task names it. */
DWORD WINAPI GetCurrentThreadId(void);

/* Stands for the calling process, with all rights, and needs no closing. */
HANDLE WINAPI GetCurrentProcess(void);

/* NULL with
 * - ERROR_INVALID_PARAMETER: no process has this pid (0 is nobody's, nor is a thread's number);
 * - ERROR_ACCESS_DENIED: no rights, or one that the caller has not: to look into the process (the QUERY
 *   rights and PROCESS_VM_READ) or to signal it (PROCESS_TERMINATE);
 * - ERROR_NOT_SUPPORTED: PROCESS_TERMINATE or SYNCHRONIZE on a kernel without pidfd_open (before 5.3).
 * bInheritHandle changes nothing: no handle goes over to a program that is started. */
HANDLE WINAPI OpenProcess(DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwProcessId);

/* 0 with ERROR_INVALID_HANDLE or, without a QUERY right, ERROR_ACCESS_DENIED. */
DWORD WINAPI GetProcessId(HANDLE Process);

/* The executable's path, as the process's own mounts name it, with slashes, also when the file was deleted.
 * *lpdwSize: characters of the buffer, then those written without the zero. FALSE with
 * ERROR_INSUFFICIENT_BUFFER, the size unchanged; ERROR_INVALID_PARAMETER for NULL, a size of 0 or unknown
 * flags; ERROR_GEN_FAILURE for a process that has exited or is the kernel's. PROCESS_NAME_NATIVE changes
 * nothing: Linux has one form of path. */
BOOL WINAPI QueryFullProcessImageNameA(HANDLE hProcess, DWORD dwFlags, LPSTR lpExeName, PDWORD lpdwSize);
BOOL WINAPI QueryFullProcessImageNameW(HANDLE hProcess, DWORD dwFlags, LPWSTR lpExeName, PDWORD lpdwSize)
    TCPTABLE_WIN32_WIDE(QueryFullProcessImageNameW);
#ifdef UNICODE
#define QueryFullProcessImageName QueryFullProcessImageNameW
#else
#define QueryFullProcessImageName QueryFullProcessImageNameA
#endif

/* STILL_ACTIVE while it runs, then what it gave to exit() or, for one that was killed, 128 and the signal's
 * number. Needs one of the QUERY rights. FALSE with ERROR_INVALID_PARAMETER for NULL, and with
 * ERROR_GEN_FAILURE for a process that its parent has waited for on a kernel before 6.15, which then forgets.
 */
BOOL WINAPI GetExitCodeProcess(HANDLE hProcess, LPDWORD lpExitCode);

/* When it was started, UTC, and the time that it has used in units of 100 ns (the kernel counts in steps of 1
 * to 10 ms). *lpExitTime is 0: the kernel doesn't keep it. Needs one of the QUERY rights; NULL is
 * ERROR_INVALID_PARAMETER, a process that has gone ERROR_GEN_FAILURE. */
BOOL WINAPI GetProcessTimes(HANDLE hProcess, LPFILETIME lpCreationTime, LPFILETIME lpExitTime,
                            LPFILETIME lpKernelTime, LPFILETIME lpUserTime);

/* Ends the calling process as exit() does: what is in the streams' buffers is written. The low 8 bits of the
 * code reach the parent. */
VOID WINAPI ExitProcess(UINT uExitCode) __attribute__((__noreturn__));

/* Kills the process at once. The exit code can't be chosen here. */
BOOL WINAPI TerminateProcess(HANDLE hProcess, UINT uExitCode);

/* A thread, and a handle to wait for its end with; closing it doesn't end the thread. lpThreadId may be NULL.
 * With CREATE_SUSPENDED it begins at ResumeThread, which gives 1 for such a thread and 0 for any other; other
 * flags, the attributes and the stack's size change nothing. NULL with ERROR_INVALID_PARAMETER for a function
 * that is NULL, ERROR_NOT_ENOUGH_MEMORY where no more threads can be had; ResumeThread fails with (DWORD)-1.
 */
#define CREATE_SUSPENDED 0x00000004
typedef DWORD(WINAPI* LPTHREAD_START_ROUTINE)(LPVOID lpThreadParameter);
HANDLE WINAPI CreateThread(LPSECURITY_ATTRIBUTES lpThreadAttributes, SIZE_T dwStackSize,
                           LPTHREAD_START_ROUTINE lpStartAddress, LPVOID lpParameter, DWORD dwCreationFlags,
                           LPDWORD lpThreadId);
DWORD WINAPI ResumeThread(HANDLE hThread);

/* STILL_ACTIVE while it runs, then what it returned or gave to ExitThread. */
BOOL WINAPI GetExitCodeThread(HANDLE hThread, LPDWORD lpExitCode);

/* Ends the calling thread; the first one's end is the process's only when all others have ended, too. C++
 * objects of its functions are destroyed. */
VOID WINAPI ExitThread(DWORD dwExitCode) __attribute__((__noreturn__));

#ifdef __cplusplus
}
#endif

#endif
