/* SPDX-License-Identifier: MIT */
/* Prints its arguments from _tmain, and the value of the environment variable VALUE; the exit status is the
 * number of arguments. Compiled as C and C++, with either size of wchar_t, and with FORM for each form of
 * wmain. */
#include <tchar.h>
#include <windows.h>

static int print_all(int argc, const TCHAR* const* argv) {
  int i;
  for (i = 1; i < argc; i++) _tprintf(_T("%s\n"), argv[i]);
  return argc;
}

#if FORM == 0
int _tmain(void) {
  _tprintf(_T("no arguments\n"));
  return 0;
}
#elif FORM == 2
int _tmain(int argc, TCHAR* argv[]) {
  return print_all(argc, (const TCHAR* const*)argv);
}
#elif FORM == 3
int wmain(int argc, wchar_t* argv[], wchar_t* envp[]) {
  for (; *envp != NULL; envp++)
    if (_tcsnicmp(*envp, _T("VALUE="), 6) == 0) _tprintf(_T("%s\n"), *envp + 6);
  return print_all(argc, (const TCHAR* const*)argv);
}
#endif
