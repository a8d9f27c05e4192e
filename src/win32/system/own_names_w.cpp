// SPDX-License-Identifier: MIT
// The names of the machine and the user, and what the process was given, for wide characters. Compiled twice,
// see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/system/own_names.hpp"
#include "win32/wide_unit.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetComputerNameW(LPWSTR lpBuffer, LPDWORD nSize) {
  return give_computer_name(units(lpBuffer), nSize);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetUserNameW(LPWSTR lpBuffer, LPDWORD pcbBuffer) {
  return give_user_name(units(lpBuffer), pcbBuffer);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetEnvironmentVariableW(LPCWSTR lpName, LPWSTR lpBuffer, DWORD nSize) {
  return give_variable(units(lpName), units(lpBuffer), nSize);
}

TCPTABLE_WIN32_EXPORT LPWSTR WINAPI GetCommandLineW(void) {
  return reinterpret_cast<LPWSTR>(lasting_command_line<WideUnit>());
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetVersionExW(LPOSVERSIONINFOW lpVersionInformation) {
  return give_version(lpVersionInformation);
}
