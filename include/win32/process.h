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

/* A thread whose handle is closed when it ends, and not by the caller. -1 is failure, with EINVAL in errno
 * for NULL or EAGAIN where no more threads can be had. */
#ifdef __cplusplus
extern "C" {
#endif
typedef void(__cdecl* _beginthread_proc_type)(void*);
uintptr_t _beginthread(_beginthread_proc_type start, unsigned stack_size, void* argument);
#ifdef __cplusplus
}
#endif
static __inline__ void _endthread(void) {
  ExitThread(0);
}

#endif
