// SPDX-License-Identifier: MIT
// Process32First and Process32Next for both widths of PROCESSENTRY32.
#pragma once

#include "win32/process/process_list.hpp"
#include "win32/process/text_answer.hpp"

#include <tlhelp32.h>

namespace tcptable::win32 {

/// `Entry`'s name is of `Char`, or of wchar_t of the same size.
template <typename Char, typename Entry>
BOOL give_process(HANDLE snapshot, Entry* entry, const ListedProcess* (ProcessList::*step)()) {
  return answer_with(FALSE, [&](BOOL& result) -> DWORD {
    const auto list = object_of<ProcessList>(snapshot);
    if (list == nullptr) return ERROR_INVALID_HANDLE;
    if (entry == nullptr) return ERROR_INVALID_PARAMETER;
    if (entry->dwSize < sizeof(Entry)) return ERROR_BAD_LENGTH;
    const ListedProcess* const process = ((*list).*step)();
    if (process == nullptr) return ERROR_NO_MORE_FILES;
    constexpr LONG kNormalPriority = 8;
    const DWORD size = entry->dwSize;
    *entry = Entry{};
    entry->dwSize = size;
    entry->th32ProcessID = process->pid;
    entry->cntThreads = process->threads;
    entry->th32ParentProcessID = process->parent;
    entry->pcPriClassBase = kNormalPriority;
    DWORD length = 0;
    give_cut(process->name, reinterpret_cast<Char*>(entry->szExeFile), MAX_PATH, length);
    result = TRUE;
    return NO_ERROR;
  });
}

}  // namespace tcptable::win32
