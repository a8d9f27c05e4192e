// SPDX-License-Identifier: MIT
// This library as a module under the names of Windows' libraries, and its functions by name.
#pragma once

#include <windef.h>

#include <string_view>

namespace tcptable::win32 {

/// Whether a file name, in any case, with a path of either kind of slash or without, means this library.
bool names_own_library(std::string_view file_name) noexcept;

/// This library's lowest address, which is its handle.
HMODULE own_library() noexcept;

/// From now on dlclose leaves the library where it is: for what of it runs on by itself, a thread or a signal
/// handler.
void stay_loaded() noexcept;

/// The executable's.
HMODULE own_executable() noexcept;

/// How wide the caller's wchar_t is.
enum class WideCharacters { utf16, utf32 };

/// A function under its Windows name; null for what this library does not export.
void* exported_function(const char* name, WideCharacters width);

}  // namespace tcptable::win32
