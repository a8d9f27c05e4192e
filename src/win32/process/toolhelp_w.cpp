// SPDX-License-Identifier: MIT
// Process32FirstW and Process32NextW. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/process/toolhelp.hpp"
#include "win32/wide_unit.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI Process32FirstW(HANDLE hSnapshot, LPPROCESSENTRY32W lppe) {
  return give_process<WideUnit>(hSnapshot, lppe, &ProcessList::first);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI Process32NextW(HANDLE hSnapshot, LPPROCESSENTRY32W lppe) {
  return give_process<WideUnit>(hSnapshot, lppe, &ProcessList::next);
}
