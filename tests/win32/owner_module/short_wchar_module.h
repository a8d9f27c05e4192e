/* SPDX-License-Identifier: MIT */
/* The call as a C program makes it whose wchar_t has 2 bytes. */
#ifndef TCPTABLE_TESTS_SHORT_WCHAR_MODULE_H
#define TCPTABLE_TESTS_SHORT_WCHAR_MODULE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The code; `name` and `path` point into `buffer`. */
uint32_t short_wchar_module(uint32_t pid, unsigned long long* info, void* buffer, uint32_t* size,
                            const uint16_t** name, const uint16_t** path);

#ifdef __cplusplus
}
#endif

#endif
