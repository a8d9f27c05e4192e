/* SPDX-License-Identifier: MIT */
/* The base types and macros of Windows' headers, in their 64-bit Windows sizes: DWORD, ULONG and LONG are 32
 * bits wide here, though a C `long` is not. No function is declared in this file. Sources: the page "Windows
 * Data Types"; sizes as a 64-bit Windows compiler gives them. */
#ifndef TCPTABLE_WIN32_WINDEF_H
#define TCPTABLE_WIN32_WINDEF_H

#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "sal.h"

/* Calling conventions: x86-64 Linux has one, so these say nothing. */
#ifndef __cdecl
#define __cdecl
#endif
#ifndef __stdcall
#define __stdcall
#endif
#ifndef __fastcall
#define __fastcall
#endif
#ifndef __forceinline
#define __forceinline __inline__ __attribute__((__always_inline__))
#endif
#ifndef __int64
#define __int64 long long
#endif

/* What Microsoft's compiler says about a declaration: an attribute, or nothing where this compiler has none.
 */
#ifndef __declspec
#define __declspec(what) TCPTABLE_WIN32_DECLSPEC_##what
#define _declspec(what) TCPTABLE_WIN32_DECLSPEC_##what
#define TCPTABLE_WIN32_DECLSPEC_align(bytes) __attribute__((__aligned__(bytes)))
#define TCPTABLE_WIN32_DECLSPEC_deprecated __attribute__((__deprecated__))
#define TCPTABLE_WIN32_DECLSPEC_dllexport __attribute__((__visibility__("default")))
#define TCPTABLE_WIN32_DECLSPEC_dllimport
#define TCPTABLE_WIN32_DECLSPEC_noinline __attribute__((__noinline__))
#define TCPTABLE_WIN32_DECLSPEC_noreturn __attribute__((__noreturn__))
#define TCPTABLE_WIN32_DECLSPEC_nothrow __attribute__((__nothrow__))
#define TCPTABLE_WIN32_DECLSPEC_novtable
#define TCPTABLE_WIN32_DECLSPEC_selectany __attribute__((__weak__))
#define TCPTABLE_WIN32_DECLSPEC_thread __thread
#endif

#define WINAPI __stdcall
#define WINAPIV __cdecl
#define APIENTRY WINAPI
#define NTAPI __stdcall
#define CALLBACK __stdcall
#define PASCAL __stdcall
#define FAR
#define NEAR
#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define VOID void

#ifndef FALSE
#define FALSE 0
#endif
#ifndef TRUE
#define TRUE 1
#endif

#define MAX_PATH 260

/* The greatest of each type. LONG_MAX is the greatest long, of 64 bits. */
#define MAXBYTE 0xff
#define MAXWORD 0xffff
#define MAXDWORD 0xffffffff
#define MAXLONG 0x7fffffff

#define UNREFERENCED_PARAMETER(p) ((void)(p))
#define ANYSIZE_ARRAY 1
#define ARRAYSIZE(a) (sizeof(a) / sizeof((a)[0]))

/* A cast that C++ does not count as an old-style one. */
#ifdef __cplusplus
#define TCPTABLE_WIN32_CAST(type, value) (type(value))
#else
#define TCPTABLE_WIN32_CAST(type, value) ((type)(value))
#endif

/* Integers. DWORD and ULONG are one type: callers pass DWORD* where a function wants PULONG, and the other
 * way round. */
typedef int BOOL;
typedef uint8_t BOOLEAN;
typedef uint8_t BYTE;
typedef char CHAR;
typedef int8_t INT8;
typedef uint8_t UCHAR;
typedef uint8_t UINT8;
typedef int16_t SHORT;
typedef int16_t INT16;
typedef uint16_t USHORT;
typedef uint16_t WORD;
typedef uint16_t UINT16;
typedef int INT;
typedef int32_t LONG;
typedef int32_t LONG32;
typedef int32_t INT32;
typedef unsigned int UINT;
typedef uint32_t DWORD;
typedef uint32_t ULONG;
typedef uint32_t DWORD32;
typedef uint32_t ULONG32;
typedef uint32_t UINT32;
typedef float FLOAT;

/* 64 bits are `long long` as on Windows, so that %llu prints them. */
__extension__ typedef long long LONGLONG;
__extension__ typedef unsigned long long ULONGLONG;
typedef LONGLONG LONG64;
typedef LONGLONG INT64;
typedef ULONGLONG DWORDLONG;
typedef ULONGLONG DWORD64;
typedef ULONGLONG ULONG64;
typedef ULONGLONG UINT64;

/* Integers as wide as a pointer; SIZE_T is size_t here as it is there. */
typedef intptr_t INT_PTR;
typedef intptr_t LONG_PTR;
typedef uintptr_t UINT_PTR;
typedef uintptr_t ULONG_PTR;
typedef uintptr_t DWORD_PTR;
typedef size_t SIZE_T;
typedef ptrdiff_t SSIZE_T;

typedef WORD LANGID;
typedef DWORD LCID;
typedef LONG HRESULT;
typedef LONG NTSTATUS;

/* The compiler's wide character: 4 bytes on Linux, 2 with -fshort-wchar. */
typedef wchar_t WCHAR;

typedef void *PVOID, *LPVOID;
typedef const void* LPCVOID;
typedef void *HANDLE, *HGLOBAL, *HINSTANCE, *HLOCAL, *HMODULE, *HWND;
typedef HANDLE *PHANDLE, *LPHANDLE;

typedef BOOL *PBOOL, *LPBOOL;
typedef BOOLEAN* PBOOLEAN;
typedef BYTE *PBYTE, *LPBYTE;
typedef UCHAR* PUCHAR;
typedef SHORT* PSHORT;
typedef USHORT* PUSHORT;
typedef WORD *PWORD, *LPWORD;
typedef INT *PINT, *LPINT;
typedef UINT *PUINT, *LPUINT;
typedef LONG *PLONG, *LPLONG;
typedef ULONG *PULONG, *LPULONG;
typedef DWORD *PDWORD, *LPDWORD;
typedef LONGLONG* PLONGLONG;
typedef ULONGLONG* PULONGLONG;
typedef LONG64* PLONG64;
typedef ULONG64* PULONG64;
typedef DWORD64* PDWORD64;
typedef SIZE_T* PSIZE_T;
typedef ULONG_PTR* PULONG_PTR;
typedef DWORD_PTR* PDWORD_PTR;

typedef CHAR *PCHAR, *LPCH, *PCH;
typedef CHAR *PSTR, *LPSTR;
typedef const CHAR *PCSTR, *LPCSTR, *LPCCH, *PCCH;
typedef WCHAR *PWCHAR, *LPWCH, *PWCH;
typedef WCHAR *PWSTR, *LPWSTR;
typedef const WCHAR *PCWSTR, *LPCWSTR, *LPCWCH, *PCWCH;

/* TCHAR follows UNICODE, as on Windows. */
#ifdef UNICODE
typedef WCHAR TCHAR;
#define TCPTABLE_WIN32_TEXT(literal) L##literal
#else
typedef CHAR TCHAR;
#define TCPTABLE_WIN32_TEXT(literal) literal
#endif
typedef TCHAR *PTCHAR, *PTSTR, *LPTSTR;
typedef const TCHAR *PCTSTR, *LPCTSTR;
/* Two steps, so that a macro as argument is expanded first. */
#define TEXT(literal) TCPTABLE_WIN32_TEXT(literal)

#define FIELD_OFFSET(type, field) TCPTABLE_WIN32_CAST(LONG, offsetof(type, field))

/* A signed 64-bit number with access to its halves, low half first. */
typedef union _LARGE_INTEGER {
  __extension__ struct {
    DWORD LowPart;
    LONG HighPart;
  };
  struct {
    DWORD LowPart;
    LONG HighPart;
  } u;
  LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
  __extension__ struct {
    DWORD LowPart;
    DWORD HighPart;
  };
  struct {
    DWORD LowPart;
    DWORD HighPart;
  } u;
  ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

/* Units of 100 ns since 1601-01-01 UTC, in two halves (so aligned to 4 bytes only). */
typedef struct _FILETIME {
  DWORD dwLowDateTime;
  DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

/* A date and time of day: wMonth counts from 1, wDayOfWeek from Sunday = 0. */
typedef struct _SYSTEMTIME {
  WORD wYear;
  WORD wMonth;
  WORD wDayOfWeek;
  WORD wDay;
  WORD wHour;
  WORD wMinute;
  WORD wSecond;
  WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;

#define LOBYTE(w) TCPTABLE_WIN32_CAST(BYTE, TCPTABLE_WIN32_CAST(DWORD_PTR, w) & 0xff)
#define HIBYTE(w) TCPTABLE_WIN32_CAST(BYTE, (TCPTABLE_WIN32_CAST(DWORD_PTR, w) >> 8) & 0xff)
#define LOWORD(l) TCPTABLE_WIN32_CAST(WORD, TCPTABLE_WIN32_CAST(DWORD_PTR, l) & 0xffff)
#define HIWORD(l) TCPTABLE_WIN32_CAST(WORD, (TCPTABLE_WIN32_CAST(DWORD_PTR, l) >> 16) & 0xffff)
#define MAKEWORD(low, high) TCPTABLE_WIN32_CAST(WORD, LOBYTE(low) | (LOBYTE(high) << 8))
#define MAKELONG(low, high) \
  TCPTABLE_WIN32_CAST(LONG, LOWORD(low) | (TCPTABLE_WIN32_CAST(DWORD, LOWORD(high)) << 16))

/* A language id: the primary language in the low 10 bits, the sublanguage above. */
#define MAKELANGID(primary, sub) \
  TCPTABLE_WIN32_CAST(WORD, (TCPTABLE_WIN32_CAST(WORD, sub) << 10) | TCPTABLE_WIN32_CAST(WORD, primary))
#define PRIMARYLANGID(id) TCPTABLE_WIN32_CAST(WORD, (id)&0x3ff)
#define SUBLANGID(id) TCPTABLE_WIN32_CAST(WORD, TCPTABLE_WIN32_CAST(WORD, id) >> 10)
#define LANG_NEUTRAL 0x00
#define LANG_ENGLISH 0x09
#define SUBLANG_NEUTRAL 0x00
#define SUBLANG_DEFAULT 0x01
#define SUBLANG_SYS_DEFAULT 0x02
#define SUBLANG_ENGLISH_US 0x01
#define LANG_USER_DEFAULT MAKELANGID(LANG_NEUTRAL, SUBLANG_DEFAULT)
#define LANG_SYSTEM_DEFAULT MAKELANGID(LANG_NEUTRAL, SUBLANG_SYS_DEFAULT)

/* Windows has these as macros for C++ too; there they would break <algorithm> and <limits>. */
#if !defined(__cplusplus) && !defined(NOMINMAX)
#ifndef min
#define min(a, b) (((a) < (b)) ? (a) : (b))
#endif
#ifndef max
#define max(a, b) (((a) > (b)) ? (a) : (b))
#endif
#endif

#endif
