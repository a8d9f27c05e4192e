/* SPDX-License-Identifier: MIT */
/* What machine this is. GetTickCount and the system time are in windows.h and timezoneapi.h. Source: the
 * Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_SYSINFOAPI_H
#define TCPTABLE_WIN32_SYSINFOAPI_H

#include "tcptable_wide.h"
#include "windef.h"

#define PROCESSOR_ARCHITECTURE_INTEL 0
#define PROCESSOR_ARCHITECTURE_AMD64 9
#define PROCESSOR_ARCHITECTURE_ARM64 12
#define PROCESSOR_ARCHITECTURE_UNKNOWN 0xFFFF

/* dwPageSize: bytes. dwNumberOfProcessors: those online; the mask has the first 64 of them. The addresses are
 * the least and the greatest that a program can have. */
typedef struct _SYSTEM_INFO {
  __extension__ union {
    DWORD dwOemId;
    __extension__ struct {
      WORD wProcessorArchitecture;
      WORD wReserved;
    };
  };
  DWORD dwPageSize;
  LPVOID lpMinimumApplicationAddress;
  LPVOID lpMaximumApplicationAddress;
  DWORD_PTR dwActiveProcessorMask;
  DWORD dwNumberOfProcessors;
  DWORD dwProcessorType;
  DWORD dwAllocationGranularity;
  WORD wProcessorLevel;
  WORD wProcessorRevision;
} SYSTEM_INFO, *LPSYSTEM_INFO;

/* Bytes. dwMemoryLoad: per cent of the physical memory that are not available. PageFile: memory and swap. */
typedef struct _MEMORYSTATUSEX {
  DWORD dwLength; /* to be set to sizeof(MEMORYSTATUSEX) */
  DWORD dwMemoryLoad;
  DWORDLONG ullTotalPhys;
  DWORDLONG ullAvailPhys;
  DWORDLONG ullTotalPageFile;
  DWORDLONG ullAvailPageFile;
  DWORDLONG ullTotalVirtual;
  DWORDLONG ullAvailVirtual;
  DWORDLONG ullAvailExtendedVirtual;
} MEMORYSTATUSEX, *LPMEMORYSTATUSEX;

#define VER_PLATFORM_WIN32_NT 2
typedef struct _OSVERSIONINFOA {
  DWORD dwOSVersionInfoSize; /* to be set to sizeof(OSVERSIONINFO) */
  DWORD dwMajorVersion;
  DWORD dwMinorVersion;
  DWORD dwBuildNumber;
  DWORD dwPlatformId;
  CHAR szCSDVersion[128];
} OSVERSIONINFOA, *POSVERSIONINFOA, *LPOSVERSIONINFOA;

typedef struct _OSVERSIONINFOW {
  DWORD dwOSVersionInfoSize;
  DWORD dwMajorVersion;
  DWORD dwMinorVersion;
  DWORD dwBuildNumber;
  DWORD dwPlatformId;
  WCHAR szCSDVersion[128];
} OSVERSIONINFOW, *POSVERSIONINFOW, *LPOSVERSIONINFOW;

#define MAX_COMPUTERNAME_LENGTH 15

#ifdef __cplusplus
extern "C" {
#endif

VOID WINAPI GetSystemInfo(LPSYSTEM_INFO lpSystemInfo);
VOID WINAPI GetNativeSystemInfo(LPSYSTEM_INFO lpSystemInfo);

/* FALSE with ERROR_INVALID_PARAMETER for NULL or another dwLength. */
BOOL WINAPI GlobalMemoryStatusEx(LPMEMORYSTATUSEX lpBuffer);

/* The version whose programs these headers are for, in the number that Windows tells every program without a
 * manifest: 6.2, build 9200. FALSE with ERROR_INSUFFICIENT_BUFFER for a size that is too small,
 * ERROR_INVALID_PARAMETER for NULL. */
BOOL WINAPI GetVersionExA(LPOSVERSIONINFOA lpVersionInformation);
BOOL WINAPI GetVersionExW(LPOSVERSIONINFOW lpVersionInformation) TCPTABLE_WIN32_WIDE(GetVersionExW);

/* The host's name up to its first dot, in capitals, at most MAX_COMPUTERNAME_LENGTH characters. *nSize:
 * characters of the buffer, then those written without the zero. FALSE with ERROR_BUFFER_OVERFLOW and the
 * needed size with the zero, or ERROR_INVALID_PARAMETER for NULL. */
BOOL WINAPI GetComputerNameA(LPSTR lpBuffer, LPDWORD nSize);
BOOL WINAPI GetComputerNameW(LPWSTR lpBuffer, LPDWORD nSize) TCPTABLE_WIN32_WIDE(GetComputerNameW);

/* The name of the effective user, or its number where it has none. *pcbBuffer: characters of the buffer, then
 * those written with the zero. FALSE with ERROR_INSUFFICIENT_BUFFER and the needed size, or
 * ERROR_INVALID_PARAMETER for NULL. */
BOOL WINAPI GetUserNameA(LPSTR lpBuffer, LPDWORD pcbBuffer);
BOOL WINAPI GetUserNameW(LPWSTR lpBuffer, LPDWORD pcbBuffer) TCPTABLE_WIN32_WIDE(GetUserNameW);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
typedef OSVERSIONINFOW OSVERSIONINFO, *POSVERSIONINFO, *LPOSVERSIONINFO;
#define GetVersionEx GetVersionExW
#define GetComputerName GetComputerNameW
#define GetUserName GetUserNameW
#else
typedef OSVERSIONINFOA OSVERSIONINFO, *POSVERSIONINFO, *LPOSVERSIONINFO;
#define GetVersionEx GetVersionExA
#define GetComputerName GetComputerNameA
#define GetUserName GetUserNameA
#endif

#endif
