// SPDX-License-Identifier: MIT
// What a process has used: its times, its memory, and where its modules are.
#include "process_fixture.hpp"

#include <psapi.h>

#include <chrono>
#include <vector>

#include "win32/process/process_usage.hpp"

namespace {

using namespace tcptable::test;
using tcptable::win32::parse_memory;
using tcptable::win32::parse_usage;

class ProcessUsage : public ProcessTest {};

constexpr ULONGLONG kTicksPerSecond = 10'000'000;

ULONGLONG ticks(const FILETIME& time) {
  return ULONGLONG{time.dwHighDateTime} << 32 | time.dwLowDateTime;
}

ULONGLONG now() {
  FILETIME time;
  GetSystemTimeAsFileTime(&time);
  return ticks(time);
}

struct Times {
  FILETIME creation;
  FILETIME exit;
  FILETIME kernel;
  FILETIME user;
};

Times times_of(HANDLE process) {
  Times times{};
  EXPECT_TRUE(GetProcessTimes(process, &times.creation, &times.exit, &times.kernel, &times.user))
      << GetLastError();
  return times;
}

TEST_F(ProcessUsage, CreationTimeIsWhenTheProcessWasStarted) {
  const Handle process(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid()));
  const Times times = times_of(process);
  const ULONGLONG created = ticks(times.creation);
  EXPECT_LE(created, now() + kTicksPerSecond / 10);
  EXPECT_GE(created, now() - 20 * kTicksPerSecond);
  EXPECT_EQ(ticks(times.exit), 0U);
  EXPECT_GE(ticks(times_of(GetCurrentProcess()).creation), ticks(times.creation) - 300 * kTicksPerSecond);
}

TEST_F(ProcessUsage, UserTimeGrowsWithWork) {
  const ULONGLONG before = ticks(times_of(GetCurrentProcess()).user);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  ULONGLONG after = before;
  volatile unsigned work = 0;
  while (after < before + kTicksPerSecond / 20 && std::chrono::steady_clock::now() < end) {
    for (unsigned i = 0; i < 10'000'000; ++i) work = work + i;
    after = ticks(times_of(GetCurrentProcess()).user);
  }
  EXPECT_GE(after, before + kTicksPerSecond / 20);
}

TEST_F(ProcessUsage, MemoryIsWhatIsResident) {
  PROCESS_MEMORY_COUNTERS_EX before{};
  ASSERT_TRUE(GetProcessMemoryInfo(GetCurrentProcess(), reinterpret_cast<PPROCESS_MEMORY_COUNTERS>(&before),
                                   sizeof before));
  constexpr std::size_t kMore = 64 << 20;
  const std::vector<char> more(kMore, 'x');
  PROCESS_MEMORY_COUNTERS_EX after{};
  ASSERT_TRUE(GetProcessMemoryInfo(GetCurrentProcess(), reinterpret_cast<PPROCESS_MEMORY_COUNTERS>(&after),
                                   sizeof after));
  EXPECT_EQ(after.cb, sizeof after);
  EXPECT_GE(after.WorkingSetSize, before.WorkingSetSize + kMore / 2);
  EXPECT_GE(after.PrivateUsage, before.PrivateUsage + kMore / 2);
  EXPECT_GE(after.PeakWorkingSetSize, after.WorkingSetSize);
  EXPECT_GT(after.PageFaultCount, 0U);
}

TEST_F(ProcessUsage, AModuleIsWhereItsAddressesAre) {
  MODULEINFO info{};
  ASSERT_TRUE(GetModuleInformation(GetCurrentProcess(), GetModuleHandleA("iphlpapi"), &info, sizeof info));
  const auto* const base = static_cast<const char*>(info.lpBaseOfDll);
  const auto* const inside =
      reinterpret_cast<const char*>(GetProcAddress(GetModuleHandleA("iphlpapi"), "GetTcpTable2"));
  EXPECT_GE(inside, base);
  EXPECT_LT(inside, base + info.SizeOfImage);
}

TEST_F(ProcessUsage, EveryFilterOfModulesGivesAll) {
  const Handle process(OpenProcess(kLook, FALSE, pid()));
  DWORD all = 0;
  ASSERT_TRUE(EnumProcessModules(process, nullptr, 0, &all));
  EXPECT_GT(all, sizeof(HMODULE));
  for (const DWORD filter : {LIST_MODULES_32BIT, LIST_MODULES_64BIT, LIST_MODULES_ALL}) {
    DWORD needed = 0;
    ASSERT_TRUE(EnumProcessModulesEx(process, nullptr, 0, &needed, filter));
    EXPECT_EQ(needed, all);
  }
}

TEST(ProcessStatText, GivesTimesAndFaults) {
  const auto usage =
      parse_usage("7 (a) b) S 1 7 7 0 -1 4194560 11 0 13 0 140 150 0 0 20 0 1 0 22000 1000 10 1");
  ASSERT_TRUE(usage);
  EXPECT_EQ(usage->page_faults, 24U);
  EXPECT_EQ(usage->user_ticks, 140U);
  EXPECT_EQ(usage->system_ticks, 150U);
  EXPECT_EQ(usage->start_ticks, 22000U);
  for (const auto* const broken : {"", "7", "7 (a)", "7 (a) S", "7 (a) S 1 2 3", "7 (a) S 1 x 7 0"})
    EXPECT_FALSE(parse_usage(broken)) << broken;
}

TEST(ProcessStatusText, GivesMemoryInBytesAndZeroForWhatItLacks) {
  const auto memory = parse_memory(
      "Name:\tx VmRSS: 9\nVmHWM:\t     300 kB\nVmRSS:\t     200 kB\nRssAnon:\t 50 kB\nVmSwap:\t 7 kB\n");
  EXPECT_EQ(memory.resident, 200U * 1024);
  EXPECT_EQ(memory.peak_resident, 300U * 1024);
  EXPECT_EQ(memory.private_bytes, 57U * 1024);
  EXPECT_EQ(parse_memory("Name:\tkthreadd\n").resident, 0U);
}

}  // namespace
