// SPDX-License-Identifier: MIT
// Process32First and Process32Next in UTF-8.
#include "win32/export.hpp"
#include "win32/process/toolhelp.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI Process32First(HANDLE hSnapshot, LPPROCESSENTRY32 lppe) {
  return give_process<char>(hSnapshot, lppe, &ProcessList::first);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI Process32Next(HANDLE hSnapshot, LPPROCESSENTRY32 lppe) {
  return give_process<char>(hSnapshot, lppe, &ProcessList::next);
}
