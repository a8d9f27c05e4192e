/* SPDX-License-Identifier: MIT */
/* The cases, printed by one file compiled as C, as C++ and with a wchar_t of 2 bytes. */
#ifndef TCPTABLE_TESTS_PRINT_CASES_H
#define TCPTABLE_TESTS_PRINT_CASES_H

#ifdef __cplusplus
extern "C" {
#endif

struct PrintedCase {
  const char* function; /* which printed it */
  const char* format;
  const char* expected;
  const char* printed; /* UTF-8, in memory of malloc's */
  int length;          /* what the function returned */
  int units;           /* how many characters it printed */
};

typedef void PrintedCaseVisitor(const struct PrintedCase* printed);

void print_cases_c(PrintedCaseVisitor* visit);
void print_cases_cxx(PrintedCaseVisitor* visit);
void print_cases_short_wchar(PrintedCaseVisitor* visit);

#ifdef __cplusplus
}
#endif

#endif
