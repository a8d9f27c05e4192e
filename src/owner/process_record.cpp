// SPDX-License-Identifier: MIT
#include "owner/process_record.hpp"

#include <string>
#include <string_view>

namespace tcptable::owner {
namespace {

// /proc/PID/stat counts in ticks of USER_HZ, which is 100 wherever Linux runs.
constexpr std::uint64_t kNanosecondsPerTick = 10'000'000;

}  // namespace

Process process_from(const tcptable_process& record, std::int64_t boottime_offset) {
  const std::string_view name(record.comm, sizeof record.comm);
  // Without sign, as the kernel does: a process may be older than its reader's clock.
  const std::uint64_t started = record.start_boottime + static_cast<std::uint64_t>(boottime_offset);
  return {record.pid, started / kNanosecondsPerTick, std::string(name.substr(0, name.find('\0')))};
}

}  // namespace tcptable::owner
