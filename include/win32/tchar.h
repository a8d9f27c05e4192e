/* SPDX-License-Identifier: MIT */
/* The names that mean a narrow or a wide function, as _UNICODE says. Source: the page "Generic-text mappings
 * in tchar.h". With _UNICODE _tmain is wmain: such a program is linked with -liphlpapi_wmain, too. */
#ifndef TCPTABLE_WIN32_TCHAR_H
#define TCPTABLE_WIN32_TCHAR_H

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "tcptable_crt.h"
#include "tcptable_crt_system.h"
#include "tcptable_printf.h"
#include "tcptable_scan.h"
#include "windef.h"

#ifdef _UNICODE
typedef wchar_t _TCHAR;
#define __T(literal) L##literal
#define _tmain wmain
#define _tprintf wprintf
#define _tprintf_s wprintf_s
#define _ftprintf fwprintf
#define _ftprintf_s fwprintf_s
#define _vtprintf vwprintf
#define _vftprintf vfwprintf
#define _stprintf _swprintf
#define _stprintf_s swprintf_s
#define _vstprintf_s vswprintf_s
#define _sntprintf _snwprintf
#define _sntprintf_s _snwprintf_s
#define _vsntprintf _vsnwprintf
#define _vsntprintf_s _vsnwprintf_s
#define _sctprintf _scwprintf
#define _vsctprintf _vscwprintf
#define _putts _putws
#define _fputts fputws
#define _fputtc fputwc
#define _puttchar putwchar
#define _fgetts fgetws
#define _tcslen wcslen
#define _tcscpy wcscpy
#define _tcsncpy wcsncpy
#define _tcscat wcscat
#define _tcsncat wcsncat
#define _tcscmp wcscmp
#define _tcsncmp wcsncmp
#define _tcsicmp _wcsicmp
#define _tcsnicmp _wcsnicmp
#define _tcschr wcschr
#define _tcsrchr wcsrchr
#define _tcsstr wcsstr
#define _tcsdup _wcsdup
#define _tcscpy_s wcscpy_s
#define _tcsncpy_s wcsncpy_s
#define _tcscat_s wcscat_s
#define _tcsncat_s wcsncat_s
#define _tcstol wcstol
#define _tcstoul wcstoul
#define _ttoi _wtoi
#define _ttoi64 _wtoi64
#define _tstoi _wtoi
#define _tfopen _wfopen
#define _tfopen_s _wfopen_s
#define _tcstok_s wcstok_s
#define _tsplitpath _wsplitpath
#define _tsplitpath_s _wsplitpath_s
#define _tcsupr _wcsupr
#define _tcslwr _wcslwr
#define _totupper towupper
#define _totlower towlower
#define _istdigit iswdigit
#define _istspace iswspace
#else
typedef char _TCHAR;
#define __T(literal) literal
#define _tmain main
#define _tprintf printf
#define _tprintf_s printf_s
#define _ftprintf fprintf
#define _ftprintf_s fprintf_s
#define _vtprintf vprintf
#define _vftprintf vfprintf
#define _stprintf sprintf
#define _stprintf_s sprintf_s
#define _vstprintf_s vsprintf_s
#define _sntprintf _snprintf
#define _sntprintf_s _snprintf_s
#define _vsntprintf _vsnprintf
#define _vsntprintf_s _vsnprintf_s
#define _sctprintf _scprintf
#define _vsctprintf _vscprintf
#define _tscanf_s scanf_s
#define _stscanf_s sscanf_s
#define _ftscanf_s fscanf_s
#define _putts puts
#define _fputts fputs
#define _fputtc fputc
#define _puttchar putchar
#define _fgetts fgets
#define _tcslen strlen
#define _tcscpy strcpy
#define _tcsncpy strncpy
#define _tcscat strcat
#define _tcsncat strncat
#define _tcscmp strcmp
#define _tcsncmp strncmp
#define _tcsicmp _stricmp
#define _tcsnicmp _strnicmp
#define _tcschr strchr
#define _tcsrchr strrchr
#define _tcsstr strstr
#define _tcsdup _strdup
#define _tcscpy_s strcpy_s
#define _tcsncpy_s strncpy_s
#define _tcscat_s strcat_s
#define _tcsncat_s strncat_s
#define _tcstol strtol
#define _tcstoul strtoul
#define _ttoi atoi
#define _ttoi64 _atoi64
#define _tstoi atoi
#define _tfopen fopen
#define _tfopen_s fopen_s
#define _tcstok_s strtok_s
#define _tsplitpath _splitpath
#define _tsplitpath_s _splitpath_s
#define _tcsupr _strupr
#define _tcslwr _strlwr
#define _totupper toupper
#define _totlower tolower
#define _istdigit isdigit
#define _istspace isspace
#endif

/* Two steps, so that a macro as argument is expanded first. */
#define _T(literal) __T(literal)
#define _TEXT(literal) __T(literal)

#endif
