// SPDX-License-Identifier: MIT
#include "win32/process/process_list.hpp"

#include "win32/error_map.hpp"
#include "win32/process/mapped_modules.hpp"
#include "win32/process/proc_text.hpp"

#include <dirent.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <memory>
#include <thread>

namespace tcptable::win32 {
namespace {

constexpr std::string_view kNobody = "[System Process]";

// The numbers behind "pid (name)" start with field 3, the state.
constexpr std::size_t kParentField = 4;
constexpr std::size_t kThreadsField = 20;

struct CloseDirectory {
  void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc();
}

std::string_view field(std::string_view fields, std::size_t number) {
  for (std::size_t skipped = 3; skipped < number; ++skipped) {
    const std::size_t blank = fields.find(' ');
    if (blank == std::string_view::npos) return {};
    fields.remove_prefix(blank + 1);
  }
  return fields;
}

std::string directory_of(std::uint32_t pid) {
  return "/proc/" + std::to_string(pid);
}

// Not cut, and not of the process's choice; nothing where the caller may not see it, or the kernel runs.
std::string executable_name(std::uint32_t pid) {
  std::error_code error;
  const std::string path = std::filesystem::read_symlink(directory_of(pid) + "/exe", error).string();
  std::string_view name = base_name(path);
  constexpr std::string_view kDeleted = " (deleted)";
  if (name.ends_with(kDeleted)) name.remove_suffix(kDeleted.size());
  return std::string(name);
}

ListedProcess nobody() {
  // The kernel's idle threads, one a processor, have this number.
  return {.pid = 0,
          .parent = 0,
          .threads = std::max(1U, std::thread::hardware_concurrency()),
          .name = std::string(kNobody)};
}

}  // namespace

std::optional<ListedProcess> parse_listed_process(std::string_view stat) {
  ListedProcess process;
  const std::size_t open = stat.find('(');
  const std::size_t close = stat.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
  process.name = stat.substr(open + 1, close - open - 1);
  const std::string_view fields = stat.substr(std::min(close + 2, stat.size()));
  const bool complete = read_number(stat, process.pid) &&
                        read_number(field(fields, kParentField), process.parent) &&
                        read_number(field(fields, kThreadsField), process.threads);
  return complete ? std::optional(process) : std::nullopt;
}

OrCode<std::vector<std::uint32_t>> list_pids() {
  std::vector<std::uint32_t> pids = {0};
  // Not by std::filesystem::directory_iterator, which ends the program where there is no memory (libstdc++
  // 12).
  const std::unique_ptr<DIR, CloseDirectory> proc(::opendir("/proc"));
  if (proc == nullptr) return tl::unexpected<DWORD>(windows_code(errno));
  errno = 0;
  while (const dirent64* entry = ::readdir64(proc.get())) {
    std::uint32_t pid = 0;
    if (read_number(entry->d_name, pid)) pids.push_back(pid);
    errno = 0;
  }
  if (errno != 0) return tl::unexpected<DWORD>(windows_code(errno));
  std::ranges::sort(pids);
  return pids;
}

OrCode<std::vector<ListedProcess>> list_processes() {
  const auto pids = list_pids();
  if (!pids) return tl::unexpected(pids.error());
  std::vector<ListedProcess> processes = {nobody()};
  for (const std::uint32_t pid : *pids) {
    const auto stat = read_proc_text(pid, "stat");
    if (!stat && !is_gone_or_hidden(stat.error())) return tl::unexpected<DWORD>(windows_code(stat.error()));
    auto process = stat ? parse_listed_process(*stat) : std::nullopt;
    if (!process) continue;
    if (std::string name = executable_name(pid); !name.empty()) process->name = std::move(name);
    processes.push_back(std::move(*process));
  }
  return processes;
}

const ListedProcess* ProcessList::at(std::size_t place) const {
  return place < processes_.size() ? &processes_[place] : nullptr;
}

const ListedProcess* ProcessList::first() {
  next_ = 1;
  return at(0);
}

const ListedProcess* ProcessList::next() {
  return at(next_++);
}

}  // namespace tcptable::win32
