// SPDX-License-Identifier: MIT
#include "win32/process/mapped_modules.hpp"

#include "win32/error_map.hpp"
#include "win32/process/proc_text.hpp"

#include <processthreadsapi.h>
#include <winerror.h>

#include <algorithm>
#include <charconv>

namespace tcptable::win32 {
namespace {

constexpr std::string_view kDeleted = " (deleted)";

struct Mapping {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
  bool executable = false;
  std::string_view path;  // empty where no file is mapped
};

// "begin-end perms offset device inode      path"
Mapping parse_mapping(std::string_view line) {
  Mapping mapping;
  const char* const last = line.data() + line.size();
  const auto [dash, error] = std::from_chars(line.data(), last, mapping.begin, 16);
  if (error != std::errc() || dash == last) return {};
  const auto [rest, end_error] = std::from_chars(dash + 1, last, mapping.end, 16);
  const std::size_t permissions = line.find(' ');
  const std::size_t path = line.find('/');
  if (end_error != std::errc() || permissions == std::string_view::npos || path == std::string_view::npos)
    return {};
  mapping.executable = line.substr(permissions + 1, 4).find('x') != std::string_view::npos;
  mapping.path = line.substr(path);
  if (mapping.path.ends_with(kDeleted)) mapping.path.remove_suffix(kDeleted.size());
  return mapping;
}

// The mappings of one file follow one another, with gaps at most.
struct Candidate {
  MappedModule module;
  bool executable = false;
};

void add_mapping(std::vector<Candidate>& files, const Mapping& mapping) {
  if (files.empty() || files.back().module.path != mapping.path)
    files.push_back({{mapping.begin, std::string(mapping.path)}, false});
  files.back().module.size = mapping.end - files.back().module.base;
  files.back().executable = files.back().executable || mapping.executable;
}

}  // namespace

std::vector<MappedModule> parse_modules(std::string_view maps, std::string_view executable) {
  std::vector<Candidate> files;
  while (!maps.empty()) {
    const std::size_t length = std::min(maps.find('\n'), maps.size());
    const Mapping mapping = parse_mapping(maps.substr(0, length));
    if (!mapping.path.empty()) add_mapping(files, mapping);
    maps.remove_prefix(std::min(length + 1, maps.size()));
  }
  std::vector<MappedModule> modules;
  for (Candidate& file : files) {
    if (file.executable) modules.push_back(std::move(file.module));
  }
  std::stable_partition(modules.begin(), modules.end(),
                        [&](const MappedModule& each) { return each.path == executable; });
  return modules;
}

OrCode<std::vector<MappedModule>> modules_of(const ProcessObject& process) {
  const auto maps = read_proc_text(process.pid(), "maps");
  // Asked behind the reading, which it says to have been of this process.
  const auto executable = process.image_path();
  if (!executable) return tl::unexpected(executable.error());
  if (!maps) return tl::unexpected<DWORD>(windows_code(maps.error()));
  if (maps->empty()) return tl::unexpected<DWORD>(ERROR_ACCESS_DENIED);
  return parse_modules(*maps, *executable);
}

OrCode<MappedModule> module_at(const ProcessObject& process, HMODULE module) {
  auto modules = modules_of(process);
  if (!modules) return tl::unexpected(modules.error());
  const auto base = reinterpret_cast<std::uintptr_t>(module);
  const auto found =
      module == nullptr ? modules->begin() : std::ranges::find(*modules, base, &MappedModule::base);
  if (found == modules->end()) return tl::unexpected<DWORD>(ERROR_INVALID_HANDLE);
  return std::move(*found);
}

OrCode<std::string> module_path(HANDLE handle, HMODULE module) {
  const auto process = process_of(handle, PROCESS_QUERY_INFORMATION | PROCESS_VM_READ);
  if (!process) return tl::unexpected(process.error());
  if (module == nullptr) return (*process)->image_path();
  auto found = module_at(**process, module);
  if (!found) return tl::unexpected(found.error());
  return std::move(found->path);
}

OrCode<std::string> own_module_path(HMODULE module) {
  return module_path(GetCurrentProcess(), module);
}

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace tcptable::win32
