/* SPDX-License-Identifier: MIT */
/* Of Windows' largest header the few functions that programs around the table functions need: memory, the
 * last error and its text, the own process, the time. It brings no sockets, so it may come before or after
 * winsock2.h; iphlpapi.h behind it does. Sources: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_WINDOWS_H
#define TCPTABLE_WIN32_WINDOWS_H

/* Programs ask for this one. */
#define _WINDOWS_

#include <stdarg.h>
#include <string.h>

#include "debugapi.h"
#include "fileapi.h"
#include "handleapi.h"
#include "libloaderapi.h"
#include "processenv.h"
#include "processthreadsapi.h"
#include "profileapi.h"
#include "securitybaseapi.h"
#include "stringapiset.h"
#include "synchapi.h"
#include "sysinfoapi.h"
#include "tcptable_crt.h"
#include "tcptable_crt_system.h"
#include "tcptable_printf.h"
#include "tcptable_scan.h"
#include "tcptable_wide.h"
#include "timezoneapi.h"
#include "wincon.h"
#include "windef.h"
#include "winerror.h"

#define ZeroMemory(dst, length) memset((dst), 0, (length))
#define FillMemory(dst, length, byte) memset((dst), (byte), (length))
#define CopyMemory(dst, src, length) memcpy((dst), (src), (length))
#define MoveMemory(dst, src, length) memmove((dst), (src), (length))
#define RtlZeroMemory ZeroMemory
#define RtlFillMemory FillMemory
#define RtlCopyMemory CopyMemory
#define RtlMoveMemory MoveMemory
/* Not left out by a compiler that sees nobody read the memory. */
static __inline__ PVOID SecureZeroMemory(PVOID ptr, SIZE_T cnt) {
  memset(ptr, 0, cnt);
  __asm__ volatile("" : : "r"(ptr) : "memory");
  return ptr;
}

#ifdef __cplusplus
extern "C" {
#endif

/* --- the last error: one per thread, 0 at first; WSAGetLastError reads the same one --- */
DWORD WINAPI GetLastError(void);
VOID WINAPI SetLastError(DWORD dwErrCode);

/* --- heaps. Sizes are bytes, blocks are aligned to 16 and go back by HeapFree of the same heap --- */
#define HEAP_NO_SERIALIZE 0x00000001
#define HEAP_GENERATE_EXCEPTIONS 0x00000004
#define HEAP_ZERO_MEMORY 0x00000008
#define HEAP_REALLOC_IN_PLACE_ONLY 0x00000010

HANDLE WINAPI GetProcessHeap(void);

/* A heap of its own. dwMaximumSize bounds the sum of its blocks and their headers, 0 for no bound. NULL with
 * ERROR_INVALID_PARAMETER if dwInitialSize, which reserves nothing here, is greater than the bound. */
HANDLE WINAPI HeapCreate(DWORD flOptions, SIZE_T dwInitialSize, SIZE_T dwMaximumSize);

/* Frees the heap and all its blocks. FALSE with ERROR_INVALID_HANDLE for NULL and for the process heap. */
BOOL WINAPI HeapDestroy(HANDLE hHeap);

/* NULL with ERROR_NOT_ENOUGH_MEMORY, with HEAP_GENERATE_EXCEPTIONS too, for there are none here. A block of 0
 * bytes has an address of its own. Heaps lock themselves, so HEAP_NO_SERIALIZE changes nothing. */
LPVOID WINAPI HeapAlloc(HANDLE hHeap, DWORD dwFlags, SIZE_T dwBytes);

/* NULL leaves the old block as it was. HEAP_ZERO_MEMORY zeroes what is new; HEAP_REALLOC_IN_PLACE_ONLY can
 * only shrink. */
LPVOID WINAPI HeapReAlloc(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem, SIZE_T dwBytes);

/* NULL is fine. FALSE with ERROR_INVALID_PARAMETER for a block of another heap. */
BOOL WINAPI HeapFree(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem);

/* Exactly the bytes that were asked for, or (SIZE_T)-1. */
SIZE_T WINAPI HeapSize(HANDLE hHeap, DWORD dwFlags, LPCVOID lpMem);

/* --- local and global memory: blocks of the process heap, whose handle is their address. Moveable memory
 * stays where it is too, so locking it gives the handle back. LocalFree frees LocalAlloc's, GlobalFree
 * GlobalAlloc's --- */
#define LMEM_FIXED 0x0000
#define LMEM_MOVEABLE 0x0002
#define LMEM_ZEROINIT 0x0040
#define LPTR (LMEM_FIXED | LMEM_ZEROINIT)
#define LHND (LMEM_MOVEABLE | LMEM_ZEROINIT)
#define GMEM_FIXED 0x0000
#define GMEM_MOVEABLE 0x0002
#define GMEM_ZEROINIT 0x0040
#define GPTR (GMEM_FIXED | GMEM_ZEROINIT)
#define GHND (GMEM_MOVEABLE | GMEM_ZEROINIT)

/* NULL with ERROR_NOT_ENOUGH_MEMORY. */
HLOCAL WINAPI LocalAlloc(UINT uFlags, SIZE_T uBytes);
HGLOBAL WINAPI GlobalAlloc(UINT uFlags, SIZE_T dwBytes);

/* May give another handle; on failure the old one is as it was. */
HLOCAL WINAPI LocalReAlloc(HLOCAL hMem, SIZE_T uBytes, UINT uFlags);
HGLOBAL WINAPI GlobalReAlloc(HGLOBAL hMem, SIZE_T dwBytes, UINT uFlags);

/* The bytes asked for; 0 with ERROR_INVALID_HANDLE for NULL. */
SIZE_T WINAPI LocalSize(HLOCAL hMem);
SIZE_T WINAPI GlobalSize(HGLOBAL hMem);

/* NULL is success; NULL as argument is fine. */
HLOCAL WINAPI LocalFree(HLOCAL hMem);
HGLOBAL WINAPI GlobalFree(HGLOBAL hMem);

/* The address. Unlocking gives FALSE with NO_ERROR, which is Windows' way to say that nothing is locked now.
 */
LPVOID WINAPI GlobalLock(HGLOBAL hMem);
BOOL WINAPI GlobalUnlock(HGLOBAL hMem);

/* --- messages --- */
#define FORMAT_MESSAGE_MAX_WIDTH_MASK 0x000000FF
#define FORMAT_MESSAGE_ALLOCATE_BUFFER 0x00000100
#define FORMAT_MESSAGE_IGNORE_INSERTS 0x00000200
#define FORMAT_MESSAGE_FROM_STRING 0x00000400
#define FORMAT_MESSAGE_FROM_HMODULE 0x00000800
#define FORMAT_MESSAGE_FROM_SYSTEM 0x00001000
#define FORMAT_MESSAGE_ARGUMENT_ARRAY 0x00002000

/* Writes a text and returns its length in characters without the zero; 0 is failure, with the last error
 * - ERROR_MR_MID_NOT_FOUND: the system has no such message (it has those of the codes in winerror.h);
 * - ERROR_RESOURCE_LANG_NOT_FOUND: dwLanguageId is neither neutral nor 0x409, US English;
 * - ERROR_RESOURCE_DATA_NOT_FOUND: FROM_HMODULE alone, for no module here has messages;
 * - ERROR_INSUFFICIENT_BUFFER: nSize characters are too few; the wide function leaves what fits;
 * - ERROR_INVALID_PARAMETER: no source, a source of NULL, an insert without arguments or with a format that
 * is unknown or has no end, or, for FormatMessageA, an nSize above 32767;
 * - ERROR_NO_WORK_DONE: the text is empty; ERROR_NOT_ENOUGH_MEMORY.
 * With ALLOCATE_BUFFER lpBuffer is the address of a pointer (cast), which gets a block of at least nSize
 * characters for LocalFree, or NULL. The low byte of the flags is a line width: 0 keeps line breaks, others
 * make blanks of them and break lines that grow to this width (MAX_WIDTH_MASK: none). Narrow text is UTF-8.
 * In it !ls! means characters of 4 bytes. */
DWORD WINAPI FormatMessageA(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId,
                            LPSTR lpBuffer, DWORD nSize, va_list* Arguments);
DWORD WINAPI FormatMessageW(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId,
                            LPWSTR lpBuffer, DWORD nSize, va_list* Arguments)
    TCPTABLE_WIN32_WIDE(FormatMessageW);
#ifdef UNICODE
#define FormatMessage FormatMessageW
#else
#define FormatMessage FormatMessageA
#endif

/* --- time; dates are in timezoneapi.h --- */

/* Milliseconds since the system was started, with the time it slept. GetTickCount wraps after 49.7 days. */
DWORD WINAPI GetTickCount(void);
ULONGLONG WINAPI GetTickCount64(void);

#ifdef __cplusplus
}
#endif

#endif
