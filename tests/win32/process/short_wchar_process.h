/* SPDX-License-Identifier: MIT */
/* Calls made by a C program whose wchar_t has 2 bytes. The answers are lengths, 0 for failure. */
#ifndef TCPTABLE_TESTS_SHORT_WCHAR_PROCESS_H
#define TCPTABLE_TESTS_SHORT_WCHAR_PROCESS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#else
#include <uchar.h>
#endif

uint32_t short_wchar_image_name(uint32_t pid, char16_t* buffer, uint32_t size);
uint32_t short_wchar_listed_name(uint32_t pid, char16_t* buffer, uint32_t size);
uint32_t short_wchar_own_path_by_address(char16_t* buffer, uint32_t size);

#ifdef __cplusplus
}
#endif

#endif
