// SPDX-License-Identifier: MIT
// The names of the machine and the user, and what the process was given, in UTF-8.
#include "win32/export.hpp"
#include "win32/system/own_names.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetComputerNameA(LPSTR lpBuffer, LPDWORD nSize) {
  return give_computer_name(lpBuffer, nSize);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetUserNameA(LPSTR lpBuffer, LPDWORD pcbBuffer) {
  return give_user_name(lpBuffer, pcbBuffer);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetEnvironmentVariableA(LPCSTR lpName, LPSTR lpBuffer, DWORD nSize) {
  return give_variable(lpName, lpBuffer, nSize);
}

TCPTABLE_WIN32_EXPORT LPSTR WINAPI GetCommandLineA(void) {
  return lasting_command_line<char>();
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetVersionExA(LPOSVERSIONINFOA lpVersionInformation) {
  return give_version(lpVersionInformation);
}
