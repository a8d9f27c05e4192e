/* SPDX-License-Identifier: MIT */
/* Processes and the files they have mapped. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_PSAPI_H
#define TCPTABLE_WIN32_PSAPI_H

#include "tcptable_wide.h"
#include "windef.h"

/* Handles need PROCESS_QUERY_INFORMATION and PROCESS_VM_READ, but for GetProcessImageFileName, which needs
 * one of the QUERY rights. Sizes are in characters unless their name says bytes. Failure is 0 or FALSE with
 * ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED, or ERROR_GEN_FAILURE for a process that has exited or is the
 * kernel's. Paths have slashes. */

/* Modules of 32 and 64 bits: a process has one kind here, so that each filter gives all. */
#define LIST_MODULES_DEFAULT 0x00
#define LIST_MODULES_32BIT 0x01
#define LIST_MODULES_64BIT 0x02
#define LIST_MODULES_ALL 0x03

/* SizeOfImage: bytes. EntryPoint is NULL, not known. */
typedef struct _MODULEINFO {
  LPVOID lpBaseOfDll;
  DWORD SizeOfImage;
  LPVOID EntryPoint;
} MODULEINFO, *LPMODULEINFO;

/* Bytes. The working set is the resident memory; PagefileUsage and PrivateUsage are the process's own pages,
 * in memory and swapped out. What is 0 is not known: the peak of PagefileUsage, and the pools, which Linux
 * has not. */
typedef struct _PROCESS_MEMORY_COUNTERS {
  DWORD cb;
  DWORD PageFaultCount;
  SIZE_T PeakWorkingSetSize;
  SIZE_T WorkingSetSize;
  SIZE_T QuotaPeakPagedPoolUsage;
  SIZE_T QuotaPagedPoolUsage;
  SIZE_T QuotaPeakNonPagedPoolUsage;
  SIZE_T QuotaNonPagedPoolUsage;
  SIZE_T PagefileUsage;
  SIZE_T PeakPagefileUsage;
} PROCESS_MEMORY_COUNTERS, *PPROCESS_MEMORY_COUNTERS;

typedef struct _PROCESS_MEMORY_COUNTERS_EX {
  DWORD cb;
  DWORD PageFaultCount;
  SIZE_T PeakWorkingSetSize;
  SIZE_T WorkingSetSize;
  SIZE_T QuotaPeakPagedPoolUsage;
  SIZE_T QuotaPagedPoolUsage;
  SIZE_T QuotaPeakNonPagedPoolUsage;
  SIZE_T QuotaNonPagedPoolUsage;
  SIZE_T PagefileUsage;
  SIZE_T PeakPagefileUsage;
  SIZE_T PrivateUsage;
} PROCESS_MEMORY_COUNTERS_EX, *PPROCESS_MEMORY_COUNTERS_EX;

#ifdef __cplusplus
extern "C" {
#endif

/* Fills in the pids, 0 first, that fit in cb bytes; *lpcbNeeded is the number of bytes filled. A full array
 * may not be all: ask again with a larger one. */
BOOL WINAPI EnumProcesses(DWORD* lpidProcess, DWORD cb, LPDWORD lpcbNeeded);

/* The executable's and every mapped library's handle, which is its lowest address; the executable is first.
 * *lpcbNeeded is the size in bytes that all of them need. */
BOOL WINAPI EnumProcessModules(HANDLE hProcess, HMODULE* lphModule, DWORD cb, LPDWORD lpcbNeeded);
BOOL WINAPI EnumProcessModulesEx(HANDLE hProcess, HMODULE* lphModule, DWORD cb, LPDWORD lpcbNeeded,
                                 DWORD dwFilterFlag);

/* Where a module is; NULL means the executable. cb is sizeof(MODULEINFO), else ERROR_INSUFFICIENT_BUFFER. */
BOOL WINAPI GetModuleInformation(HANDLE hProcess, HMODULE hModule, LPMODULEINFO lpmodinfo, DWORD cb);

/* Of either structure, as cb says; needs one of the QUERY rights only. */
BOOL WINAPI GetProcessMemoryInfo(HANDLE Process, PPROCESS_MEMORY_COUNTERS ppsmemCounters, DWORD cb);

/* The length of the path. 0 with ERROR_INSUFFICIENT_BUFFER if it does not fit. */
DWORD WINAPI GetProcessImageFileNameA(HANDLE hProcess, LPSTR lpImageFileName, DWORD nSize);
DWORD WINAPI GetProcessImageFileNameW(HANDLE hProcess, LPWSTR lpImageFileName, DWORD nSize)
    TCPTABLE_WIN32_WIDE(GetProcessImageFileNameW);

/* The file name, or the path, of a module of the process; NULL means its executable. A text that does not fit
 * is cut and ended by a zero, the answer is nSize, and the last error ERROR_INSUFFICIENT_BUFFER. */
DWORD WINAPI GetModuleBaseNameA(HANDLE hProcess, HMODULE hModule, LPSTR lpBaseName, DWORD nSize);
DWORD WINAPI GetModuleBaseNameW(HANDLE hProcess, HMODULE hModule, LPWSTR lpBaseName, DWORD nSize)
    TCPTABLE_WIN32_WIDE(GetModuleBaseNameW);
DWORD WINAPI GetModuleFileNameExA(HANDLE hProcess, HMODULE hModule, LPSTR lpFilename, DWORD nSize);
DWORD WINAPI GetModuleFileNameExW(HANDLE hProcess, HMODULE hModule, LPWSTR lpFilename, DWORD nSize)
    TCPTABLE_WIN32_WIDE(GetModuleFileNameExW);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
#define GetProcessImageFileName GetProcessImageFileNameW
#define GetModuleBaseName GetModuleBaseNameW
#define GetModuleFileNameEx GetModuleFileNameExW
#else
#define GetProcessImageFileName GetProcessImageFileNameA
#define GetModuleBaseName GetModuleBaseNameA
#define GetModuleFileNameEx GetModuleFileNameExA
#endif

#endif
