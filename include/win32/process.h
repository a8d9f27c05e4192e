/* SPDX-License-Identifier: MIT */
/* Threads as the C library starts them, and _getpid. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_PROCESS_H
#define TCPTABLE_WIN32_PROCESS_H

#include "processthreadsapi.h"
#include "tcptable_crt_system.h"

/* A handle as CreateThread's, to be closed; 0 is failure. */
static __inline__ uintptr_t _beginthreadex(void* security, unsigned stack_size,
                                           unsigned(__stdcall* start)(void*), void* argument, unsigned flags,
                                           unsigned* thread_id) {
  HANDLE thread;
  (void)security;
  thread = CreateThread(NULL, stack_size, start, argument, flags, thread_id);
#ifdef __cplusplus
  return reinterpret_cast<uintptr_t>(thread);
#else
  return (uintptr_t)thread;
#endif
}
static __inline__ void _endthreadex(unsigned code) {
  ExitThread(code);
}

#endif
