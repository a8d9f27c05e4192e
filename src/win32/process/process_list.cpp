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

// Adds the names in the directory that are numbers; 0, or the errno. Not by
// std::filesystem::directory_iterator, which ends the program where there is no memory (libstdc++ 12).
int read_numbers(const std::string& directory, std::vector<std::uint32_t>& numbers) {
  const std::unique_ptr<DIR, CloseDirectory> entries(::opendir(directory.c_str()));
  if (entries == nullptr) return errno;
  errno = 0;
  while (const dirent64* entry = ::readdir64(entries.get())) {
    std::uint32_t number = 0;
    if (read_number(entry->d_name, number)) numbers.push_back(number);
    errno = 0;
  }
  return errno;
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
  if (const int failure = read_numbers("/proc", pids); failure != 0)
    return tl::unexpected<DWORD>(windows_code(failure));
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

OrCode<std::vector<ListedThread>> list_threads() {
  const auto pids = list_pids();
  if (!pids) return tl::unexpected(pids.error());
  std::vector<ListedThread> threads;
  for (const std::uint32_t pid : *pids) {
    if (pid == 0) continue;
    std::vector<std::uint32_t> ids;
    const int failure = read_numbers(directory_of(pid) + "/task", ids);
    if (failure != 0 && !is_gone_or_hidden(failure)) return tl::unexpected<DWORD>(windows_code(failure));
    for (const std::uint32_t id : ids) threads.push_back({id, pid});
  }
  return threads;
}

}  // namespace tcptable::win32
