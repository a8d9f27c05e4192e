// SPDX-License-Identifier: MIT
// The machine, its clock, the end of the process: what has no text.
#include "win32/export.hpp"
#include "win32/last_error.hpp"

#include <windows.h>

#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <limits>
#include <string>

using namespace tcptable::win32;

namespace {

constexpr LONGLONG kTicksPerSecond = 10'000'000;
constexpr LONGLONG kNanosecondsPerTick = 100;

// The lower half of the 48 bits that x86-64 and AArch64 Linux give to programs, less the guard page.
constexpr std::uintptr_t kLeastAddress = 0x10000;
constexpr std::uintptr_t kGreatestAddress = 0x7FFF'FFFF'EFFF;

WORD architecture() {
  utsname name{};
  if (::uname(&name) != 0) return PROCESSOR_ARCHITECTURE_UNKNOWN;
  const std::string machine = name.machine;
  if (machine == "x86_64") return PROCESSOR_ARCHITECTURE_AMD64;
  return machine == "aarch64" ? WORD{PROCESSOR_ARCHITECTURE_ARM64} : WORD{PROCESSOR_ARCHITECTURE_UNKNOWN};
}

// Bytes that can be had without swapping (/proc/meminfo, Documentation/filesystems/proc.rst), else 0.
DWORDLONG available_memory() {
  std::ifstream file("/proc/meminfo");
  DWORDLONG kibibytes = 0;
  for (std::string label; file >> label; file.ignore(std::numeric_limits<std::streamsize>::max(), '\n')) {
    if (label == "MemAvailable:" && file >> kibibytes) return kibibytes * 1024;
  }
  return 0;
}

}  // namespace

TCPTABLE_WIN32_EXPORT BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER* lpPerformanceCount) {
  if (lpPerformanceCount == nullptr) return fail_with(ERROR_NOACCESS, FALSE);
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  lpPerformanceCount->QuadPart = now.tv_sec * kTicksPerSecond + now.tv_nsec / kNanosecondsPerTick;
  return TRUE;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER* lpFrequency) {
  if (lpFrequency == nullptr) return fail_with(ERROR_NOACCESS, FALSE);
  lpFrequency->QuadPart = kTicksPerSecond;
  return TRUE;
}

TCPTABLE_WIN32_EXPORT VOID WINAPI GetSystemInfo(LPSYSTEM_INFO lpSystemInfo) {
  constexpr DWORD kGranularity = 65536;  // Windows', which Linux's pages fit
  const auto processors = static_cast<DWORD>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
  SYSTEM_INFO info{};
  info.wProcessorArchitecture = architecture();
  info.dwPageSize = static_cast<DWORD>(::sysconf(_SC_PAGESIZE));
  info.lpMinimumApplicationAddress = reinterpret_cast<LPVOID>(kLeastAddress);
  info.lpMaximumApplicationAddress = reinterpret_cast<LPVOID>(kGreatestAddress);
  info.dwActiveProcessorMask = processors >= 64 ? ~DWORD_PTR{0} : (DWORD_PTR{1} << processors) - 1;
  info.dwNumberOfProcessors = processors;
  info.dwAllocationGranularity = kGranularity;
  *lpSystemInfo = info;
}

TCPTABLE_WIN32_EXPORT VOID WINAPI GetNativeSystemInfo(LPSYSTEM_INFO lpSystemInfo) {
  GetSystemInfo(lpSystemInfo);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GlobalMemoryStatusEx(LPMEMORYSTATUSEX lpBuffer) {
  if (lpBuffer == nullptr || lpBuffer->dwLength != sizeof *lpBuffer)
    return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    struct sysinfo info {};
    if (::sysinfo(&info) != 0) return ERROR_GEN_FAILURE;
    const auto bytes = [&](unsigned long units) { return DWORDLONG{units} * info.mem_unit; };
    const DWORDLONG total = bytes(info.totalram);
    const DWORDLONG available = std::min(std::max(available_memory(), bytes(info.freeram)), total);
    *lpBuffer = {.dwLength = sizeof *lpBuffer,
                 .dwMemoryLoad = static_cast<DWORD>(total == 0 ? 0 : (total - available) * 100 / total),
                 .ullTotalPhys = total,
                 .ullAvailPhys = available,
                 .ullTotalPageFile = total + bytes(info.totalswap),
                 .ullAvailPageFile = available + bytes(info.freeswap),
                 .ullTotalVirtual = kGreatestAddress - kLeastAddress,
                 .ullAvailVirtual = kGreatestAddress - kLeastAddress,
                 .ullAvailExtendedVirtual = 0};
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT VOID WINAPI ExitProcess(UINT uExitCode) {
  std::exit(static_cast<int>(uExitCode));
}

TCPTABLE_WIN32_EXPORT UINT WINAPI GetACP(void) {
  return CP_UTF8;
}

TCPTABLE_WIN32_EXPORT UINT WINAPI GetOEMCP(void) {
  return CP_UTF8;
}
