/* SPDX-License-Identifier: MIT */
/* Calls made by a C program whose wchar_t has 2 bytes. */
#ifndef TCPTABLE_TESTS_SHORT_WCHAR_FILES_H
#define TCPTABLE_TESTS_SHORT_WCHAR_FILES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The name that FindFirstFileW gives for a pattern; 0 is failure. */
int short_wchar_find(const uint16_t* pattern, uint16_t* name, size_t size);

#ifdef __cplusplus
}
#endif

#endif
