/* SPDX-License-Identifier: MIT */
/* The version of Windows that a program asks its headers for; all that these have is there for each. Source:
 * the page "Using the Windows Headers". */
#ifndef TCPTABLE_WIN32_SDKDDKVER_H
#define TCPTABLE_WIN32_SDKDDKVER_H

#define _WIN32_WINNT_WINXP 0x0501
#define _WIN32_WINNT_VISTA 0x0600
#define _WIN32_WINNT_WIN7 0x0601
#define _WIN32_WINNT_WIN8 0x0602
#define _WIN32_WINNT_WIN10 0x0A00
#ifndef _WIN32_WINNT
#define _WIN32_WINNT _WIN32_WINNT_WIN10
#endif
#ifndef WINVER
#define WINVER _WIN32_WINNT
#endif

#endif
