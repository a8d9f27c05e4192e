/* SPDX-License-Identifier: MIT */
/* Keys, without waiting for a line and without echo: from the standard input where it is a terminal, else
 * from the terminal that the process has. Bytes come as the terminal sends them, but Enter is 13 and the
 * backspace key 8; Ctrl+C is 3 and no signal.
 * Between the calls the terminal is as ever: it shows what is typed then, and Ctrl+C is a signal. Source: the
 * Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_CONIO_H
#define TCPTABLE_WIN32_CONIO_H

#include "tcptable_printf.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The next key, waited for; EOF without a terminal. _getche shows it. */
int _getch(void);
int _getche(void);

/* Whether a key can be read at once: 1 or 0, also 0 without a terminal. */
int _kbhit(void);

/* The same under their older names. */
int getch(void) __asm__("_getch");
int getche(void) __asm__("_getche");
int kbhit(void) __asm__("_kbhit");

#ifdef __cplusplus
}
#endif

/* To the standard output, which is the terminal as a rule. */
#define _cprintf(...) win32_printf(__VA_ARGS__)
static __inline__ int _cputs(const char* text) {
  return fputs(text, stdout) < 0 ? EOF : 0;
}
static __inline__ int _putch(int character) {
  return putchar(character);
}

#endif
