/* SPDX-License-Identifier: MIT */
/* The time of day in Windows' two forms: FILETIME, 100 ns since 1601-01-01 UTC, and SYSTEMTIME, a date. Local
 * times are of the zone of TZ or /etc/localtime. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_TIMEZONEAPI_H
#define TCPTABLE_WIN32_TIMEZONEAPI_H

#include "windef.h"

typedef struct _TIME_ZONE_INFORMATION {
  LONG Bias; /* minutes */
  WCHAR StandardName[32];
  SYSTEMTIME StandardDate;
  LONG StandardBias;
  WCHAR DaylightName[32];
  SYSTEMTIME DaylightDate;
  LONG DaylightBias;
} TIME_ZONE_INFORMATION, *PTIME_ZONE_INFORMATION, *LPTIME_ZONE_INFORMATION;

#ifdef __cplusplus
extern "C" {
#endif

VOID WINAPI GetSystemTimeAsFileTime(LPFILETIME lpSystemTimeAsFileTime);
VOID WINAPI GetSystemTime(LPSYSTEMTIME lpSystemTime);
VOID WINAPI GetLocalTime(LPSYSTEMTIME lpSystemTime);

/* FALSE with ERROR_INVALID_PARAMETER for NULL, a FILETIME above 2^63 - 1, a date that does not exist, or one
 * outside the years 1601 to 30827. wDayOfWeek is not read. */
BOOL WINAPI FileTimeToSystemTime(const FILETIME* lpFileTime, LPSYSTEMTIME lpSystemTime);
BOOL WINAPI SystemTimeToFileTime(const SYSTEMTIME* lpSystemTime, LPFILETIME lpFileTime);

/* With the offset that the zone has now, also for times of the other half of the year. */
BOOL WINAPI FileTimeToLocalFileTime(const FILETIME* lpFileTime, LPFILETIME lpLocalFileTime);
BOOL WINAPI LocalFileTimeToFileTime(const FILETIME* lpLocalFileTime, LPFILETIME lpFileTime);

/* With the offset that the zone had or will have then. A zone that is not NULL: ERROR_NOT_SUPPORTED. */
BOOL WINAPI SystemTimeToTzSpecificLocalTime(const TIME_ZONE_INFORMATION* lpTimeZoneInformation,
                                            const SYSTEMTIME* lpUniversalTime, LPSYSTEMTIME lpLocalTime);

/* -1, 0, 1. */
LONG WINAPI CompareFileTime(const FILETIME* lpFileTime1, const FILETIME* lpFileTime2);

#ifdef __cplusplus
}
#endif

#endif
