// SPDX-License-Identifier: MIT
// Process32First, Module32First and their like, for both widths of the entries.
#pragma once

#include "win32/process/text_answer.hpp"
#include "win32/process/toolhelp_snapshot.hpp"

#include <tlhelp32.h>

#include <string_view>

namespace tcptable::win32 {

constexpr LONG kNormalPriority = 8;

template <typename Entry>
void fill_process(Entry& entry, const ListedProcess& process) {
  entry.th32ProcessID = process.pid;
  entry.cntThreads = process.threads;
  entry.th32ParentProcessID = process.parent;
  entry.pcPriClassBase = kNormalPriority;
}

template <typename Entry>
void fill_module(Entry& entry, const MappedModule& module, std::uint32_t owner) {
  constexpr DWORD kUnknownCount = 0xFFFF;
  entry.th32ModuleID = 1;
  entry.th32ProcessID = owner;
  entry.GlblcntUsage = kUnknownCount;
  entry.ProccntUsage = kUnknownCount;
  entry.modBaseAddr = reinterpret_cast<BYTE*>(module.base);
  entry.modBaseSize = static_cast<DWORD>(module.size);
  entry.hModule = reinterpret_cast<HMODULE>(module.base);
}

/// Takes a step in the `list` of a snapshot, and has `fill` fill in the caller's entry, which is zeroed but
/// for its size.
template <typename Listed, typename Entry, typename Fill>
BOOL give_listed(HANDLE handle, Entry* entry, Walk<Listed> ToolhelpSnapshot::*list,
                 const Listed* (Walk<Listed>::*step)(), const Fill& fill) {
  return answer_with(FALSE, [&](BOOL& result) -> DWORD {
    const auto snapshot = object_of<ToolhelpSnapshot>(handle);
    if (snapshot == nullptr) return ERROR_INVALID_HANDLE;
    if (entry == nullptr) return ERROR_INVALID_PARAMETER;
    const DWORD size = entry->dwSize;
    if (size < sizeof(Entry)) return ERROR_BAD_LENGTH;
    const Listed* const listed = (((*snapshot).*list).*step)();
    if (listed == nullptr) return ERROR_NO_MORE_FILES;
    *entry = Entry{};
    entry->dwSize = size;
    fill(*snapshot, *listed);
    result = TRUE;
    return NO_ERROR;
  });
}

/// `Entry`'s texts are of `Char`, or of wchar_t of the same size.
template <typename Char, typename Text, std::size_t size>
void fill_text(Text (&text)[size], std::string_view bytes) {
  static_assert(sizeof(Char) == sizeof(Text));
  DWORD length = 0;
  give_cut(bytes, reinterpret_cast<Char*>(text), static_cast<DWORD>(size), length);
}

template <typename Char, typename Entry>
BOOL give_process(HANDLE snapshot, Entry* entry, const ListedProcess* (Walk<ListedProcess>::*step)()) {
  return give_listed(snapshot, entry, &ToolhelpSnapshot::processes, step,
                     [entry](const ToolhelpSnapshot& /*all*/, const ListedProcess& process) {
                       fill_process(*entry, process);
                       fill_text<Char>(entry->szExeFile, process.name);
                     });
}

template <typename Char, typename Entry>
BOOL give_module(HANDLE snapshot, Entry* entry, const MappedModule* (Walk<MappedModule>::*step)()) {
  return give_listed(snapshot, entry, &ToolhelpSnapshot::modules, step,
                     [entry](const ToolhelpSnapshot& all, const MappedModule& module) {
                       fill_module(*entry, module, all.modules_owner);
                       fill_text<Char>(entry->szModule, base_name(module.path));
                       fill_text<Char>(entry->szExePath, module.path);
                     });
}

}  // namespace tcptable::win32
