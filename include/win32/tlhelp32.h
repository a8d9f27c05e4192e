/* SPDX-License-Identifier: MIT */
/* A list of all processes at one moment. Source: the Microsoft pages CreateToolhelp32Snapshot,
 * PROCESSENTRY32, Process32First and Process32Next. */
#ifndef TCPTABLE_WIN32_TLHELP32_H
#define TCPTABLE_WIN32_TLHELP32_H

#include "handleapi.h"
#include "tcptable_wide.h"
#include "windef.h"

#define TH32CS_SNAPHEAPLIST 0x00000001
#define TH32CS_SNAPPROCESS 0x00000002
#define TH32CS_SNAPTHREAD 0x00000004
#define TH32CS_SNAPMODULE 0x00000008
#define TH32CS_SNAPMODULE32 0x00000010
#define TH32CS_SNAPALL (TH32CS_SNAPHEAPLIST | TH32CS_SNAPPROCESS | TH32CS_SNAPTHREAD | TH32CS_SNAPMODULE)
#define TH32CS_INHERIT 0x80000000

/* szExeFile is the executable's file name where the caller may see it, else the name that the kernel has for
 * the process, at most 15 bytes. pcPriClassBase is 8, normal; the members of no use on Windows are 0. */
typedef struct tagPROCESSENTRY32 {
  DWORD dwSize; /* to be set to sizeof(PROCESSENTRY32) */
  DWORD cntUsage;
  DWORD th32ProcessID;
  ULONG_PTR th32DefaultHeapID;
  DWORD th32ModuleID;
  DWORD cntThreads;
  DWORD th32ParentProcessID;
  LONG pcPriClassBase;
  DWORD dwFlags;
  CHAR szExeFile[MAX_PATH];
} PROCESSENTRY32, *PPROCESSENTRY32, *LPPROCESSENTRY32;

typedef struct tagPROCESSENTRY32W {
  DWORD dwSize;
  DWORD cntUsage;
  DWORD th32ProcessID;
  ULONG_PTR th32DefaultHeapID;
  DWORD th32ModuleID;
  DWORD cntThreads;
  DWORD th32ParentProcessID;
  LONG pcPriClassBase;
  DWORD dwFlags;
  WCHAR szExeFile[MAX_PATH];
} PROCESSENTRY32W, *PPROCESSENTRY32W, *LPPROCESSENTRY32W;

#ifdef __cplusplus
extern "C" {
#endif

/* A handle for CloseHandle. INVALID_HANDLE_VALUE with ERROR_INVALID_PARAMETER for flags without any list, and
 * with ERROR_NOT_SUPPORTED for those without TH32CS_SNAPPROCESS; the other lists are not made. The first
 * process is number 0, "[System Process]", which stands for nobody: the rows without an owner have it. */
HANDLE WINAPI CreateToolhelp32Snapshot(DWORD dwFlags, DWORD th32ProcessID);

/* From the first to the last. FALSE with ERROR_NO_MORE_FILES behind the last, ERROR_BAD_LENGTH if dwSize is
 * too small, ERROR_INVALID_HANDLE. */
BOOL WINAPI Process32First(HANDLE hSnapshot, LPPROCESSENTRY32 lppe);
BOOL WINAPI Process32Next(HANDLE hSnapshot, LPPROCESSENTRY32 lppe);
BOOL WINAPI Process32FirstW(HANDLE hSnapshot, LPPROCESSENTRY32W lppe) TCPTABLE_WIN32_WIDE(Process32FirstW);
BOOL WINAPI Process32NextW(HANDLE hSnapshot, LPPROCESSENTRY32W lppe) TCPTABLE_WIN32_WIDE(Process32NextW);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
#define Process32First Process32FirstW
#define Process32Next Process32NextW
#define PROCESSENTRY32 PROCESSENTRY32W
#define PPROCESSENTRY32 PPROCESSENTRY32W
#define LPPROCESSENTRY32 LPPROCESSENTRY32W
#endif

#endif
