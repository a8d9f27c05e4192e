// SPDX-License-Identifier: MIT
// Process32FirstW, Module32FirstW and the steps behind them. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/process/toolhelp.hpp"
#include "win32/wide_unit.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI Process32FirstW(HANDLE hSnapshot, LPPROCESSENTRY32W lppe) {
  return give_process<WideUnit>(hSnapshot, lppe, &Walk<ListedProcess>::first);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI Process32NextW(HANDLE hSnapshot, LPPROCESSENTRY32W lppe) {
  return give_process<WideUnit>(hSnapshot, lppe, &Walk<ListedProcess>::next);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI Module32FirstW(HANDLE hSnapshot, LPMODULEENTRY32W lpme) {
  return give_module<WideUnit>(hSnapshot, lpme, &Walk<MappedModule>::first);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI Module32NextW(HANDLE hSnapshot, LPMODULEENTRY32W lpme) {
  return give_module<WideUnit>(hSnapshot, lpme, &Walk<MappedModule>::next);
}
