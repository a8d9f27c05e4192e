/* SPDX-License-Identifier: MIT */
/* As in a release build of a Windows program, where all of these are empty: there is no debug heap here.
 * Source: the page "C run-time library references", under "Debug routines". */
#ifndef TCPTABLE_WIN32_CRTDBG_H
#define TCPTABLE_WIN32_CRTDBG_H

#define _CRTDBG_ALLOC_MEM_DF 0x01
#define _CRTDBG_LEAK_CHECK_DF 0x20
#define _CRTDBG_REPORT_FLAG (-1)
#define _CrtDumpMemoryLeaks() ((void)0)
#define _CrtSetDbgFlag(flags) ((void)0)
#define _CrtSetBreakAlloc(number) ((void)0)
#define _ASSERT(condition) ((void)0)
#define _ASSERTE(condition) ((void)0)

#endif
