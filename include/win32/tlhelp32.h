/* SPDX-License-Identifier: MIT */
/* Lists of all processes, of their threads, and of one process's modules, at one moment. Source: the
 * Microsoft page of each name. */
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

/* A module is a file that is mapped as code; modBaseSize is from its first byte to its last. A path that is
 * too long is cut. The usage counts are 0xFFFF, not known. */
#define MAX_MODULE_NAME32 255
typedef struct tagMODULEENTRY32 {
  DWORD dwSize; /* to be set to sizeof(MODULEENTRY32) */
  DWORD th32ModuleID;
  DWORD th32ProcessID;
  DWORD GlblcntUsage;
  DWORD ProccntUsage;
  BYTE* modBaseAddr;
  DWORD modBaseSize;
  HMODULE hModule;
  CHAR szModule[MAX_MODULE_NAME32 + 1];
  CHAR szExePath[MAX_PATH];
} MODULEENTRY32, *PMODULEENTRY32, *LPMODULEENTRY32;

typedef struct tagMODULEENTRY32W {
  DWORD dwSize;
  DWORD th32ModuleID;
  DWORD th32ProcessID;
  DWORD GlblcntUsage;
  DWORD ProccntUsage;
  BYTE* modBaseAddr;
  DWORD modBaseSize;
  HMODULE hModule;
  WCHAR szModule[MAX_MODULE_NAME32 + 1];
  WCHAR szExePath[MAX_PATH];
} MODULEENTRY32W, *PMODULEENTRY32W, *LPMODULEENTRY32W;

/* tpBasePri is 8, normal. */
typedef struct tagTHREADENTRY32 {
  DWORD dwSize; /* to be set to sizeof(THREADENTRY32) */
  DWORD cntUsage;
  DWORD th32ThreadID;
  DWORD th32OwnerProcessID;
  LONG tpBasePri;
  LONG tpDeltaPri;
  DWORD dwFlags;
} THREADENTRY32, *PTHREADENTRY32, *LPTHREADENTRY32;

#ifdef __cplusplus
extern "C" {
#endif

/* A handle for CloseHandle, or INVALID_HANDLE_VALUE with
 * - ERROR_INVALID_PARAMETER: flags without any list, or modules of a process that does not exist;
 * - ERROR_ACCESS_DENIED: modules of a process that the caller may not look into;
 * - ERROR_GEN_FAILURE: modules of a kernel thread;
 * - ERROR_NOT_SUPPORTED: heaps alone, of which there is no list.
 * th32ProcessID says whose modules, 0 the caller's. The first process is number 0, "[System Process]", which
 * stands for nobody: the rows without an owner have it. */
HANDLE WINAPI CreateToolhelp32Snapshot(DWORD dwFlags, DWORD th32ProcessID);

/* From the first to the last. FALSE with ERROR_NO_MORE_FILES behind the last, ERROR_BAD_LENGTH if dwSize is
 * too small, ERROR_INVALID_HANDLE. */
BOOL WINAPI Process32First(HANDLE hSnapshot, LPPROCESSENTRY32 lppe);
BOOL WINAPI Process32Next(HANDLE hSnapshot, LPPROCESSENTRY32 lppe);
BOOL WINAPI Process32FirstW(HANDLE hSnapshot, LPPROCESSENTRY32W lppe) TCPTABLE_WIN32_WIDE(Process32FirstW);
BOOL WINAPI Process32NextW(HANDLE hSnapshot, LPPROCESSENTRY32W lppe) TCPTABLE_WIN32_WIDE(Process32NextW);

/* The same. The executable is the first module. */
BOOL WINAPI Module32First(HANDLE hSnapshot, LPMODULEENTRY32 lpme);
BOOL WINAPI Module32Next(HANDLE hSnapshot, LPMODULEENTRY32 lpme);
BOOL WINAPI Module32FirstW(HANDLE hSnapshot, LPMODULEENTRY32W lpme) TCPTABLE_WIN32_WIDE(Module32FirstW);
BOOL WINAPI Module32NextW(HANDLE hSnapshot, LPMODULEENTRY32W lpme) TCPTABLE_WIN32_WIDE(Module32NextW);
BOOL WINAPI Thread32First(HANDLE hSnapshot, LPTHREADENTRY32 lpte);
BOOL WINAPI Thread32Next(HANDLE hSnapshot, LPTHREADENTRY32 lpte);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
#define Process32First Process32FirstW
#define Process32Next Process32NextW
#define PROCESSENTRY32 PROCESSENTRY32W
#define PPROCESSENTRY32 PPROCESSENTRY32W
#define LPPROCESSENTRY32 LPPROCESSENTRY32W
#define Module32First Module32FirstW
#define Module32Next Module32NextW
#define MODULEENTRY32 MODULEENTRY32W
#define PMODULEENTRY32 PMODULEENTRY32W
#define LPMODULEENTRY32 LPMODULEENTRY32W
#endif

#endif
