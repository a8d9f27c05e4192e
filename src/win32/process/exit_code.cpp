// SPDX-License-Identifier: MIT
#include "win32/process/exit_code.hpp"

#include "win32/process/proc_text.hpp"

#include <sys/ioctl.h>
#include <sys/wait.h>
#include <charconv>
#include <cstdint>
#include <string>

namespace tcptable::win32 {
namespace {

// include/uapi/linux/pidfd.h of Linux 6.15; the system's header may be older.
struct PidfdInfo {
  std::uint64_t mask;
  std::uint64_t cgroup_id;
  std::uint32_t ids[11];
  std::int32_t exit_status;
};
constexpr std::uint64_t kPidfdInfoExit = 1 << 3;
constexpr unsigned long kPidfdGetInfo = _IOWR(0xFF, 11, PidfdInfo);
constexpr DWORD kSignalBase = 128;

}  // namespace

std::optional<int> unreaped_status(pid_t pid) {
  const std::string stat = read_proc_text(static_cast<std::uint32_t>(pid), "stat").value_or("");
  // The last field, exit_code (fs/proc/array.c).
  int status = 0;
  const std::size_t last = stat.rfind(' ') + 1;
  const auto [end, error] = std::from_chars(stat.data() + last, stat.data() + stat.size(), status);
  return last != 0 && error == std::errc() ? std::optional(status) : std::nullopt;
}

std::optional<int> reaped_status(int pidfd) noexcept {
  PidfdInfo info{};
  info.mask = kPidfdInfoExit;
  if (pidfd < 0 || ::ioctl(pidfd, kPidfdGetInfo, &info) != 0) return std::nullopt;
  return (info.mask & kPidfdInfoExit) != 0 ? std::optional<int>(info.exit_status) : std::nullopt;
}

DWORD exit_code_of(int status) noexcept {
  return WIFSIGNALED(status) ? kSignalBase + static_cast<DWORD>(WTERMSIG(status))
                             : static_cast<DWORD>(WEXITSTATUS(status));
}

}  // namespace tcptable::win32
