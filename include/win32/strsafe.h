/* SPDX-License-Identifier: MIT */
/* Strings that are cut where they would not fit, and always end with a zero. StringCch... count characters,
 * StringCb... bytes; both with the zero. Source: the page "About Strsafe.h" and those of the functions. */
#ifndef TCPTABLE_WIN32_STRSAFE_H
#define TCPTABLE_WIN32_STRSAFE_H

#include <stdarg.h>
#include <stddef.h>

#include "tcptable_printf.h"
#include "tcptable_wide.h"
#include "windef.h"
#include "winerror.h"

#define STRSAFE_MAX_CCH 2147483647
#define STRSAFE_MAX_LENGTH (STRSAFE_MAX_CCH - 1)
#define STRSAFE_E_INSUFFICIENT_BUFFER TCPTABLE_WIN32_CAST(HRESULT, 0x8007007A)
#define STRSAFE_E_INVALID_PARAMETER TCPTABLE_WIN32_CAST(HRESULT, 0x80070057)
#define STRSAFE_E_END_OF_FILE TCPTABLE_WIN32_CAST(HRESULT, 0x80070026)

typedef char* STRSAFE_LPSTR;
typedef const char* STRSAFE_LPCSTR;
typedef wchar_t* STRSAFE_LPWSTR;
typedef const wchar_t* STRSAFE_LPCWSTR;

/* S_OK, or
 * - STRSAFE_E_INSUFFICIENT_BUFFER: the text was cut (of a format that is wrong, what came before the fault);
 * - STRSAFE_E_INVALID_PARAMETER: a string that is NULL or, where one is to be appended to or measured, has no
 *   end within its size; a size of 0 or of more than STRSAFE_MAX_CCH characters. */
#define TCPTABLE_WIN32_STRSAFE(suffix, Char, print)                                                        \
  static __inline__ HRESULT StringCchLength##suffix(const Char* psz, size_t cchMax, size_t* pcchLength) {  \
    size_t length = 0;                                                                                     \
    while (psz && length < cchMax && psz[length]) ++length;                                                \
    if (pcchLength) *pcchLength = 0;                                                                       \
    if (!psz || cchMax > STRSAFE_MAX_CCH || length == cchMax) return STRSAFE_E_INVALID_PARAMETER;          \
    if (pcchLength) *pcchLength = length;                                                                  \
    return S_OK;                                                                                           \
  }                                                                                                        \
  static __inline__ HRESULT StringCchCopyN##suffix(Char* pszDest, size_t cchDest, const Char* pszSrc,      \
                                                   size_t cchToCopy) {                                     \
    size_t copied = 0;                                                                                     \
    if (!pszDest || cchDest == 0 || cchDest > STRSAFE_MAX_CCH) return STRSAFE_E_INVALID_PARAMETER;         \
    for (; pszSrc && copied < cchToCopy && pszSrc[copied]; ++copied) {                                     \
      if (copied == cchDest - 1) break;                                                                    \
      pszDest[copied] = pszSrc[copied];                                                                    \
    }                                                                                                      \
    pszDest[copied] = 0;                                                                                   \
    if (!pszSrc) return STRSAFE_E_INVALID_PARAMETER;                                                       \
    return copied == cchToCopy || !pszSrc[copied] ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;                  \
  }                                                                                                        \
  static __inline__ HRESULT StringCchCopy##suffix(Char* pszDest, size_t cchDest, const Char* pszSrc) {     \
    return StringCchCopyN##suffix(pszDest, cchDest, pszSrc, STRSAFE_MAX_CCH);                              \
  }                                                                                                        \
  static __inline__ HRESULT StringCchCatN##suffix(Char* pszDest, size_t cchDest, const Char* pszSrc,       \
                                                  size_t cchToAppend) {                                    \
    size_t length = 0;                                                                                     \
    if (StringCchLength##suffix(pszDest, cchDest, &length) != S_OK) return STRSAFE_E_INVALID_PARAMETER;    \
    return StringCchCopyN##suffix(pszDest + length, cchDest - length, pszSrc, cchToAppend);                \
  }                                                                                                        \
  static __inline__ HRESULT StringCchCat##suffix(Char* pszDest, size_t cchDest, const Char* pszSrc) {      \
    return StringCchCatN##suffix(pszDest, cchDest, pszSrc, STRSAFE_MAX_CCH);                               \
  }                                                                                                        \
  static __inline__ HRESULT StringCchVPrintf##suffix(Char* pszDest, size_t cchDest, const Char* pszFormat, \
                                                     va_list argList) {                                    \
    int printed;                                                                                           \
    if (!pszDest || cchDest == 0 || cchDest > STRSAFE_MAX_CCH) return STRSAFE_E_INVALID_PARAMETER;         \
    pszDest[0] = 0;                                                                                        \
    if (!pszFormat) return STRSAFE_E_INVALID_PARAMETER;                                                    \
    printed = print(pszDest, cchDest - 1, pszFormat, argList);                                             \
    pszDest[cchDest - 1] = 0;                                                                              \
    return printed >= 0 ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;                                            \
  }                                                                                                        \
  static __inline__ HRESULT StringCchPrintf##suffix(Char* pszDest, size_t cchDest, const Char* pszFormat,  \
                                                    ...) {                                                 \
    HRESULT result;                                                                                        \
    va_list arguments;                                                                                     \
    va_start(arguments, pszFormat);                                                                        \
    result = StringCchVPrintf##suffix(pszDest, cchDest, pszFormat, arguments);                             \
    va_end(arguments);                                                                                     \
    return result;                                                                                         \
  }                                                                                                        \
  static __inline__ HRESULT StringCbLength##suffix(const Char* psz, size_t cbMax, size_t* pcbLength) {     \
    size_t length = 0;                                                                                     \
    const HRESULT result = StringCchLength##suffix(psz, cbMax / sizeof(Char), &length);                    \
    if (pcbLength) *pcbLength = length * sizeof(Char);                                                     \
    return result;                                                                                         \
  }                                                                                                        \
  static __inline__ HRESULT StringCbCopyN##suffix(Char* pszDest, size_t cbDest, const Char* pszSrc,        \
                                                  size_t cbToCopy) {                                       \
    return StringCchCopyN##suffix(pszDest, cbDest / sizeof(Char), pszSrc, cbToCopy / sizeof(Char));        \
  }                                                                                                        \
  static __inline__ HRESULT StringCbCopy##suffix(Char* pszDest, size_t cbDest, const Char* pszSrc) {       \
    return StringCchCopy##suffix(pszDest, cbDest / sizeof(Char), pszSrc);                                  \
  }                                                                                                        \
  static __inline__ HRESULT StringCbCatN##suffix(Char* pszDest, size_t cbDest, const Char* pszSrc,         \
                                                 size_t cbToAppend) {                                      \
    return StringCchCatN##suffix(pszDest, cbDest / sizeof(Char), pszSrc, cbToAppend / sizeof(Char));       \
  }                                                                                                        \
  static __inline__ HRESULT StringCbCat##suffix(Char* pszDest, size_t cbDest, const Char* pszSrc) {        \
    return StringCchCat##suffix(pszDest, cbDest / sizeof(Char), pszSrc);                                   \
  }                                                                                                        \
  static __inline__ HRESULT StringCbVPrintf##suffix(Char* pszDest, size_t cbDest, const Char* pszFormat,   \
                                                    va_list argList) {                                     \
    return StringCchVPrintf##suffix(pszDest, cbDest / sizeof(Char), pszFormat, argList);                   \
  }                                                                                                        \
  static __inline__ HRESULT StringCbPrintf##suffix(Char* pszDest, size_t cbDest, const Char* pszFormat,    \
                                                   ...) {                                                  \
    HRESULT result;                                                                                        \
    va_list arguments;                                                                                     \
    va_start(arguments, pszFormat);                                                                        \
    result = StringCchVPrintf##suffix(pszDest, cbDest / sizeof(Char), pszFormat, arguments);               \
    va_end(arguments);                                                                                     \
    return result;                                                                                         \
  }

TCPTABLE_WIN32_STRSAFE(A, char, _vsnprintf)
TCPTABLE_WIN32_STRSAFE(W, wchar_t, _vsnwprintf)
#undef TCPTABLE_WIN32_STRSAFE

#ifdef UNICODE
#define StringCchLength StringCchLengthW
#define StringCchCopyN StringCchCopyNW
#define StringCchCopy StringCchCopyW
#define StringCchCatN StringCchCatNW
#define StringCchCat StringCchCatW
#define StringCchVPrintf StringCchVPrintfW
#define StringCchPrintf StringCchPrintfW
#define StringCbLength StringCbLengthW
#define StringCbCopyN StringCbCopyNW
#define StringCbCopy StringCbCopyW
#define StringCbCatN StringCbCatNW
#define StringCbCat StringCbCatW
#define StringCbVPrintf StringCbVPrintfW
#define StringCbPrintf StringCbPrintfW
#else
#define StringCchLength StringCchLengthA
#define StringCchCopyN StringCchCopyNA
#define StringCchCopy StringCchCopyA
#define StringCchCatN StringCchCatNA
#define StringCchCat StringCchCatA
#define StringCchVPrintf StringCchVPrintfA
#define StringCchPrintf StringCchPrintfA
#define StringCbLength StringCbLengthA
#define StringCbCopyN StringCbCopyNA
#define StringCbCopy StringCbCopyA
#define StringCbCatN StringCbCatNA
#define StringCbCat StringCbCatA
#define StringCbVPrintf StringCbVPrintfA
#define StringCbPrintf StringCbPrintfA
#endif

#endif
