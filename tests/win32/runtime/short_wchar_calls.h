/* SPDX-License-Identifier: MIT */
/* Calls made by a C program whose wchar_t has 2 bytes. */
#ifndef TCPTABLE_TESTS_SHORT_WCHAR_CALLS_H
#define TCPTABLE_TESTS_SHORT_WCHAR_CALLS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

uint32_t short_wchar_message(uint32_t code, uint16_t* buffer, uint32_t size);
int short_wchar_copy(uint16_t* dst, size_t size);

#ifdef __cplusplus
}
#endif

#endif
