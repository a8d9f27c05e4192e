// SPDX-License-Identifier: MIT
// The functions of fileapi.h that take a name, for any width of characters.
#pragma once

#include "win32/files/file_object.hpp"
#include "win32/files/file_status.hpp"
#include "win32/files/found_files.hpp"
#include "win32/files/system_path.hpp"
#include "win32/last_error.hpp"

namespace tcptable::win32 {

inline const HANDLE kNoFile = INVALID_HANDLE_VALUE;

template <typename Char>
HANDLE create_file(const Char* name, const FileObject::Wish& wish) {
  HANDLE handle = kNoFile;
  succeed_or_fail([&]() -> ULONG {
    if (name == nullptr) return ERROR_INVALID_PARAMETER;
    auto opened = FileObject::open(system_path(name), wish);
    if (!opened) return opened.error();
    handle = open_handle(std::move(opened->file));
    const bool may_make = wish.disposition == CREATE_ALWAYS || wish.disposition == OPEN_ALWAYS;
    SetLastError(may_make && opened->was_there ? ERROR_ALREADY_EXISTS : NO_ERROR);
    return NO_ERROR;
  });
  return handle;
}

/// Runs `act`, which returns a Windows code, with the kernel's form of the name.
template <typename Char, typename Act>
BOOL with_path(const Char* name, const Act& act) {
  return succeed_or_fail(
      [&]() -> ULONG { return name != nullptr ? act(system_path(name)) : ULONG{ERROR_INVALID_PARAMETER}; });
}

template <typename Char>
DWORD attributes_of(const Char* name) {
  DWORD attributes = INVALID_FILE_ATTRIBUTES;
  with_path(name, [&](const std::string& path) -> ULONG {
    const auto status = file_status(path);
    if (!status) return status.error();
    attributes = status->dwFileAttributes;
    return NO_ERROR;
  });
  return attributes;
}

template <typename Char>
BOOL give_attributes(const Char* name, GET_FILEEX_INFO_LEVELS level, LPVOID information) {
  if (level != GetFileExInfoStandard || information == nullptr)
    return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return with_path(name, [&](const std::string& path) -> ULONG {
    const auto status = file_status(path);
    if (!status) return status.error();
    *static_cast<WIN32_FILE_ATTRIBUTE_DATA*>(information) = *status;
    return NO_ERROR;
  });
}

/// `Char` is the one of the entry's texts, or as wide.
template <typename Char, typename Entry>
DWORD give_next(FoundFiles& files, Entry* entry) {
  for (;;) {
    const auto found = files.next();
    if (!found) return found.error();
    const auto name = text_in<Char>(found->name);
    if (name.size() >= MAX_PATH) continue;
    *entry = Entry{};
    entry->dwFileAttributes = found->status.dwFileAttributes;
    entry->ftCreationTime = found->status.ftCreationTime;
    entry->ftLastAccessTime = found->status.ftLastAccessTime;
    entry->ftLastWriteTime = found->status.ftLastWriteTime;
    entry->nFileSizeHigh = found->status.nFileSizeHigh;
    entry->nFileSizeLow = found->status.nFileSizeLow;
    put_text<Char>(name, reinterpret_cast<Char*>(entry->cFileName));
    return NO_ERROR;
  }
}

template <typename Char, typename Entry>
HANDLE find_first_file(const Char* name, Entry* entry) {
  HANDLE handle = kNoFile;
  succeed_or_fail([&]() -> ULONG {
    if (name == nullptr || entry == nullptr) return ERROR_INVALID_PARAMETER;
    auto files = FoundFiles::open(system_path(name));
    if (!files) return files.error();
    const DWORD code = give_next<Char>(**files, entry);
    if (code == ERROR_NO_MORE_FILES) return ERROR_FILE_NOT_FOUND;
    if (code == NO_ERROR) handle = open_handle(std::move(*files));
    return code;
  });
  return handle;
}

template <typename Char, typename Entry>
BOOL find_next_file(HANDLE handle, Entry* entry) {
  return succeed_or_fail([&]() -> ULONG {
    const auto files = object_of<FoundFiles>(handle);
    if (files == nullptr) return ERROR_INVALID_HANDLE;
    return entry != nullptr ? give_next<Char>(*files, entry) : DWORD{ERROR_INVALID_PARAMETER};
  });
}

}  // namespace tcptable::win32
