/* SPDX-License-Identifier: MIT */
/* Looking functions up by name, as old programs do with those of iphlpapi.dll. One library stands for all of
 * Windows' that have functions here: iphlpapi, ws2_32, wsock32, kernel32, kernelbase, psapi. Source: the
 * Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_LIBLOADERAPI_H
#define TCPTABLE_WIN32_LIBLOADERAPI_H

#include "tcptable_wide.h"
#include "windef.h"

/* What GetProcAddress gives, to be cast to the function's type. It returns INT_PTR on Windows; compilers here
 * allow the cast without a warning from this type only. */
typedef void(WINAPI* FARPROC)(void);

#define DONT_RESOLVE_DLL_REFERENCES 0x00000001
#define LOAD_LIBRARY_AS_DATAFILE 0x00000002
#define LOAD_WITH_ALTERED_SEARCH_PATH 0x00000008
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x00000800
#define LOAD_LIBRARY_SEARCH_DEFAULT_DIRS 0x00001000

#ifdef __cplusplus
extern "C" {
#endif

/* A library by its name, in any case, with a path or without, ".dll" added where it has no extension. NULL
 * with ERROR_MOD_NOT_FOUND for every other library, ERROR_INVALID_PARAMETER for NULL or a hFile. */
HMODULE WINAPI LoadLibraryA(LPCSTR lpLibFileName);
HMODULE WINAPI LoadLibraryW(LPCWSTR lpLibFileName) TCPTABLE_WIN32_WIDE(LoadLibraryW);
HMODULE WINAPI LoadLibraryExA(LPCSTR lpLibFileName, HANDLE hFile, DWORD dwFlags);
HMODULE WINAPI LoadLibraryExW(LPCWSTR lpLibFileName, HANDLE hFile, DWORD dwFlags)
    TCPTABLE_WIN32_WIDE(LoadLibraryExW);

/* As LoadLibrary; NULL means the program's executable. */
HMODULE WINAPI GetModuleHandleA(LPCSTR lpModuleName);
HMODULE WINAPI GetModuleHandleW(LPCWSTR lpModuleName) TCPTABLE_WIN32_WIDE(GetModuleHandleW);

/* FALSE with ERROR_INVALID_HANDLE for what is no such library. */
BOOL WINAPI FreeLibrary(HMODULE hLibModule);

/* A function that the library exports. NULL with ERROR_PROC_NOT_FOUND for others, for NULL and for a number
 * in a name's place; ERROR_MOD_NOT_FOUND for what is no such library. Functions with wide characters, wprintf
 * too, come for the compiler's wchar_t. */
FARPROC WINAPI GetProcAddress(HMODULE hModule, LPCSTR lpProcName) TCPTABLE_WIN32_WIDE(GetProcAddress);

/* The path of the executable (NULL), of the library, or of any file that is mapped as code. A text that does
 * not fit is cut and ended by a zero, the answer is nSize, and the last error ERROR_INSUFFICIENT_BUFFER. */
DWORD WINAPI GetModuleFileNameA(HMODULE hModule, LPSTR lpFilename, DWORD nSize);
DWORD WINAPI GetModuleFileNameW(HMODULE hModule, LPWSTR lpFilename, DWORD nSize)
    TCPTABLE_WIN32_WIDE(GetModuleFileNameW);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
#define LoadLibrary LoadLibraryW
#define LoadLibraryEx LoadLibraryExW
#define GetModuleHandle GetModuleHandleW
#define GetModuleFileName GetModuleFileNameW
#else
#define LoadLibrary LoadLibraryA
#define LoadLibraryEx LoadLibraryExA
#define GetModuleHandle GetModuleHandleA
#define GetModuleFileName GetModuleFileNameA
#endif

#endif
