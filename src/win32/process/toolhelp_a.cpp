// SPDX-License-Identifier: MIT
// Process32First, Module32First and the steps behind them in UTF-8, and Thread32First, which has no text.
#include "win32/export.hpp"
#include "win32/process/toolhelp.hpp"

using namespace tcptable::win32;

namespace {

BOOL give_thread(HANDLE snapshot, LPTHREADENTRY32 entry, const ListedThread* (Walk<ListedThread>::*step)()) {
  return give_listed(snapshot, entry, &ToolhelpSnapshot::threads, step,
                     [entry](const ToolhelpSnapshot& /*all*/, const ListedThread& thread) {
                       entry->th32ThreadID = thread.id;
                       entry->th32OwnerProcessID = thread.owner;
                       entry->tpBasePri = kNormalPriority;
                     });
}

}  // namespace

TCPTABLE_WIN32_EXPORT BOOL WINAPI Process32First(HANDLE hSnapshot, LPPROCESSENTRY32 lppe) {
  return give_process<char>(hSnapshot, lppe, &Walk<ListedProcess>::first);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI Process32Next(HANDLE hSnapshot, LPPROCESSENTRY32 lppe) {
  return give_process<char>(hSnapshot, lppe, &Walk<ListedProcess>::next);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI Module32First(HANDLE hSnapshot, LPMODULEENTRY32 lpme) {
  return give_module<char>(hSnapshot, lpme, &Walk<MappedModule>::first);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI Module32Next(HANDLE hSnapshot, LPMODULEENTRY32 lpme) {
  return give_module<char>(hSnapshot, lpme, &Walk<MappedModule>::next);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI Thread32First(HANDLE hSnapshot, LPTHREADENTRY32 lpte) {
  return give_thread(hSnapshot, lpte, &Walk<ListedThread>::first);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI Thread32Next(HANDLE hSnapshot, LPTHREADENTRY32 lpte) {
  return give_thread(hSnapshot, lpte, &Walk<ListedThread>::next);
}
