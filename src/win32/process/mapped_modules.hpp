// SPDX-License-Identifier: MIT
// A process's modules: the files that it has mapped as code, by their lowest address.
#pragma once

#include "win32/process/process_object.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tcptable::win32 {

struct MappedModule {
  std::uintptr_t base = 0;
  std::string path;
  std::size_t size = 0;  ///< Bytes from its first mapping's begin to its last one's end.
};

/// From the text of /proc/PID/maps (Documentation/filesystems/proc.rst): the files of which some part may be
/// executed, `executable` first, the others in order of address.
std::vector<MappedModule> parse_modules(std::string_view maps, std::string_view executable);

OrCode<std::vector<MappedModule>> modules_of(const ProcessObject& process);

/// The module with this base, or with null the executable. ERROR_INVALID_HANDLE for what is no module of it.
OrCode<MappedModule> module_at(const ProcessObject& process, HMODULE module);

/// The path of a module of the process; a null `module` means its executable. ERROR_INVALID_HANDLE for what
/// is no module of it.
OrCode<std::string> module_path(HANDLE process, HMODULE module);

/// The same for the calling process.
OrCode<std::string> own_module_path(HMODULE module);

/// The part behind the last slash.
std::string_view base_name(std::string_view path);

}  // namespace tcptable::win32
