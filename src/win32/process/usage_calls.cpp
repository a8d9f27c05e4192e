// SPDX-License-Identifier: MIT
// GetProcessTimes and GetProcessMemoryInfo.
#include "win32/error_map.hpp"
#include "win32/export.hpp"
#include "win32/last_error.hpp"
#include "win32/process/proc_text.hpp"
#include "win32/process/process_object.hpp"
#include "win32/process/process_usage.hpp"

#include <processthreadsapi.h>
#include <psapi.h>
#include <winerror.h>

#include <unistd.h>
#include <ctime>

using namespace tcptable::win32;

namespace {

constexpr std::uint64_t kTicksPerSecond = 10'000'000;
constexpr std::uint64_t kSecondsFrom1601To1970 = 11'644'473'600;
constexpr std::uint64_t kNanosecondsPerTick = 100;

// In units of 100 ns; the kernel's are of 10 ms mostly.
std::uint64_t in_windows_ticks(std::uint64_t clock_ticks) {
  static const auto per_second = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
  return clock_ticks / per_second * kTicksPerSecond + clock_ticks % per_second * kTicksPerSecond / per_second;
}

std::uint64_t windows_ticks_of(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * kTicksPerSecond +
         static_cast<std::uint64_t>(time.tv_nsec) / kNanosecondsPerTick;
}

// When the machine was started, since 1601. Processes' start times count from there, with the time it slept.
std::uint64_t boot_time() {
  return windows_ticks_of(CLOCK_REALTIME) - windows_ticks_of(CLOCK_BOOTTIME) +
         kSecondsFrom1601To1970 * kTicksPerSecond;
}

FILETIME file_time(std::uint64_t ticks) {
  return {.dwLowDateTime = static_cast<DWORD>(ticks), .dwHighDateTime = static_cast<DWORD>(ticks >> 32)};
}

// A text of the process's, of which it is sure afterwards that it is this process's.
OrCode<std::string> text_of(const ProcessObject& process, const char* file) {
  auto text = read_proc_text(process.pid(), file);
  if (!process.exists()) return tl::unexpected<DWORD>(ERROR_GEN_FAILURE);
  if (!text) return tl::unexpected<DWORD>(windows_code(text.error()));
  return std::move(*text);
}

OrCode<ProcessUsage> usage_of(const ProcessObject& process) {
  const auto stat = text_of(process, "stat");
  if (!stat) return tl::unexpected(stat.error());
  const auto usage = parse_usage(*stat);
  if (!usage) return tl::unexpected<DWORD>(ERROR_INVALID_DATA);
  return *usage;
}

}  // namespace

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetProcessTimes(HANDLE hProcess, LPFILETIME lpCreationTime,
                                                  LPFILETIME lpExitTime, LPFILETIME lpKernelTime,
                                                  LPFILETIME lpUserTime) {
  if (lpCreationTime == nullptr || lpExitTime == nullptr || lpKernelTime == nullptr || lpUserTime == nullptr)
    return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const auto process = queried_process(hProcess);
    if (!process) return process.error();
    const auto usage = usage_of(**process);
    if (!usage) return usage.error();
    *lpCreationTime = file_time(boot_time() + in_windows_ticks(usage->start_ticks));
    *lpExitTime = file_time(0);
    *lpKernelTime = file_time(in_windows_ticks(usage->system_ticks));
    *lpUserTime = file_time(in_windows_ticks(usage->user_ticks));
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetProcessMemoryInfo(HANDLE Process,
                                                       PPROCESS_MEMORY_COUNTERS ppsmemCounters, DWORD cb) {
  if (ppsmemCounters == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  if (cb < sizeof *ppsmemCounters) return fail_with(ERROR_INSUFFICIENT_BUFFER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const auto process = queried_process(Process);
    if (!process) return process.error();
    const auto status = text_of(**process, "status");
    if (!status) return status.error();
    const auto usage = usage_of(**process);
    if (!usage) return usage.error();
    const ProcessMemory memory = parse_memory(*status);
    *ppsmemCounters = {};
    ppsmemCounters->cb = sizeof *ppsmemCounters;
    ppsmemCounters->PageFaultCount = static_cast<DWORD>(usage->page_faults);
    ppsmemCounters->PeakWorkingSetSize = memory.peak_resident;
    ppsmemCounters->WorkingSetSize = memory.resident;
    ppsmemCounters->PagefileUsage = memory.private_bytes;
    if (cb >= sizeof(PROCESS_MEMORY_COUNTERS_EX)) {
      ppsmemCounters->cb = sizeof(PROCESS_MEMORY_COUNTERS_EX);
      reinterpret_cast<PROCESS_MEMORY_COUNTERS_EX*>(ppsmemCounters)->PrivateUsage = memory.private_bytes;
    }
    return NO_ERROR;
  });
}
