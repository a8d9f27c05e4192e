/* SPDX-License-Identifier: MIT */
/* Prints every case by the functions' own names, as a program written for Windows does: to a buffer, to a
 * stream, and by the secure functions. The name of its one function is a macro. */
#include "print_cases.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <windows.h>

static void report(PrintedCaseVisitor* visit, const char* function, const char* format, const char* expected,
                   const char* printed, int length, int units) {
  struct PrintedCase printed_case;
  printed_case.function = function;
  printed_case.format = format;
  printed_case.expected = expected;
  printed_case.printed = printed;
  printed_case.length = length;
  printed_case.units = units;
  visit(&printed_case);
}

static int wide_length(const wchar_t* text) {
  int length = 0;
  while (text[length] != 0) ++length;
  return length;
}

#define NARROW_CASE(expected, format, ...)                                           \
  length = snprintf(narrow, sizeof(narrow), format, __VA_ARGS__);                    \
  report(visit, "snprintf", format, expected, narrow, length, (int)strlen(narrow));  \
  length = sprintf_s(narrow, sizeof(narrow), format, __VA_ARGS__);                   \
  report(visit, "sprintf_s", format, expected, narrow, length, (int)strlen(narrow)); \
  stream = open_memstream(&bytes, &size);                                            \
  length = fprintf(stream, format, __VA_ARGS__);                                     \
  fclose(stream);                                                                    \
  report(visit, "fprintf", format, expected, bytes, length, (int)size);              \
  free(bytes);

#define WIDE_CASE(expected, format, ...)                               \
  length = swprintf(wide, 200, format, __VA_ARGS__);                   \
  units = wide_length(wide);                                           \
  snprintf(narrow, sizeof(narrow), "%ls", wide);                       \
  report(visit, "swprintf", #format, expected, narrow, length, units); \
  stream = open_memstream(&bytes, &size);                              \
  length = fwprintf(stream, format, __VA_ARGS__);                      \
  fclose(stream);                                                      \
  report(visit, "fwprintf", #format, expected, bytes, length, units);  \
  free(bytes);

#define PRINT_CASE(expected, format, ...)    \
  NARROW_CASE(expected, format, __VA_ARGS__) \
  WIDE_CASE(expected, L##format, __VA_ARGS__)

void PRINT_CASES(PrintedCaseVisitor* visit) {
  char narrow[200];
  wchar_t wide[200];
  char* bytes = NULL;
  size_t size = 0;
  FILE* stream = NULL;
  int length = 0;
  int units = 0;
#include "number_cases.inc"
#include "string_cases.inc"
}
