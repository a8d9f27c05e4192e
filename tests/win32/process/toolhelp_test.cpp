// SPDX-License-Identifier: MIT
// The list of processes, as programs walk it to name the pids of a table.
#include "process_fixture.hpp"

#include <tlhelp32.h>

#include <unistd.h>
#include <future>
#include <map>
#include <set>
#include <thread>

#include "short_wchar_process.h"
#include "win32/process/mapped_modules.hpp"
#include "win32/process/process_list.hpp"

namespace {

using namespace tcptable::test;
using tcptable::win32::parse_listed_process;
using tcptable::win32::parse_modules;

class Toolhelp : public ProcessTest {
 protected:
  const Handle list_{CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0)};
};

template <typename Entry>
Entry sized() {
  Entry entry{};
  entry.dwSize = sizeof(Entry);
  return entry;
}

TEST_F(Toolhelp, NamesEveryProcess) {
  std::map<DWORD, PROCESSENTRY32> found;
  auto entry = sized<PROCESSENTRY32>();
  for (BOOL more = Process32First(list_, &entry); more; more = Process32Next(list_, &entry))
    found[entry.th32ProcessID] = entry;
  EXPECT_EQ(GetLastError(), DWORD{ERROR_NO_MORE_FILES});
  ASSERT_EQ(found.count(pid()), 1U);
  EXPECT_EQ(found[pid()].szExeFile, copy_.path().filename().string());
  EXPECT_EQ(found[pid()].th32ParentProcessID, GetCurrentProcessId());
  EXPECT_EQ(found[pid()].cntThreads, 1U);
  EXPECT_EQ(found[GetCurrentProcessId()].th32ParentProcessID, static_cast<DWORD>(getppid()));
}

TEST_F(Toolhelp, NobodyIsTheFirst) {
  auto entry = sized<PROCESSENTRY32>();
  ASSERT_TRUE(Process32First(list_, &entry));
  EXPECT_EQ(entry.th32ProcessID, 0U);
  EXPECT_STREQ(entry.szExeFile, "[System Process]");
  ASSERT_TRUE(Process32Next(list_, &entry));
  EXPECT_NE(entry.th32ProcessID, 0U);
  ASSERT_TRUE(Process32First(list_, &entry)) << "starts again";
  EXPECT_EQ(entry.th32ProcessID, 0U);
}

TEST_F(Toolhelp, WideNamesAreOfTheCallersWidth) {
  auto entry = sized<PROCESSENTRY32W>();
  bool found = false;
  for (BOOL more = Process32FirstW(list_, &entry); more; more = Process32NextW(list_, &entry)) {
    if (entry.th32ProcessID != pid()) continue;
    found = true;
    EXPECT_EQ(entry.szExeFile, wide_name());
  }
  EXPECT_TRUE(found);
  char16_t name16[MAX_PATH];
  ASSERT_GT(short_wchar_listed_name(pid(), name16, MAX_PATH), 0U);
  EXPECT_EQ(name16, copy_.path().filename().u16string());
}

TEST_F(Toolhelp, AWrongSizeOrHandleIsRefused) {
  auto entry = sized<PROCESSENTRY32>();
  entry.dwSize -= 1;
  EXPECT_EQ(error_of(Process32First(list_, &entry)), DWORD{ERROR_BAD_LENGTH});
  EXPECT_EQ(error_of(Process32Next(list_, nullptr)), DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(error_of(Process32First(INVALID_HANDLE_VALUE, &entry)), DWORD{ERROR_INVALID_HANDLE});
  const Handle process(OpenProcess(kLook, FALSE, pid()));
  EXPECT_EQ(error_of(Process32First(process, &entry)), DWORD{ERROR_INVALID_HANDLE});
}

TEST_F(Toolhelp, ModulesAreThoseOfTheProcessAskedForWithItsExecutableFirst) {
  const Handle modules(CreateToolhelp32Snapshot(TH32CS_SNAPMODULE | TH32CS_SNAPMODULE32, pid()));
  auto entry = sized<MODULEENTRY32>();
  ASSERT_TRUE(Module32First(modules, &entry));
  EXPECT_EQ(entry.szExePath, path());
  EXPECT_EQ(entry.szModule, copy_.path().filename().string());
  EXPECT_EQ(entry.th32ProcessID, pid());
  EXPECT_EQ(static_cast<void*>(entry.modBaseAddr), entry.hModule);
  EXPECT_GT(entry.modBaseSize, 0U);
  EXPECT_EQ(entry.dwSize, sizeof(entry));
  std::set<std::string> others;
  while (Module32Next(modules, &entry)) others.insert(entry.szModule);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_NO_MORE_FILES});
  EXPECT_TRUE(others.contains("libc.so.6"));
  auto wide_entry = sized<MODULEENTRY32W>();
  ASSERT_TRUE(Module32FirstW(modules, &wide_entry));
  EXPECT_EQ(wide_entry.szExePath, wide_path());
  EXPECT_EQ(wide_entry.szModule, wide_name());
  auto process = sized<PROCESSENTRY32>();
  EXPECT_EQ(error_of(Process32First(modules, &process)), DWORD{ERROR_NO_MORE_FILES})
      << "no such list was asked for";
}

TEST_F(Toolhelp, ModulesOfNumberZeroAreTheCallers) {
  const Handle modules(CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, 0));
  auto entry = sized<MODULEENTRY32>();
  ASSERT_TRUE(Module32First(modules, &entry));
  EXPECT_EQ(entry.th32ProcessID, GetCurrentProcessId());
  bool found = false;
  while (Module32Next(modules, &entry)) found = found || entry.hModule == GetModuleHandleA("iphlpapi");
  EXPECT_TRUE(found) << "a module's handle is its base";
}

TEST_F(Toolhelp, ModulesOfNobodyAreRefused) {
  constexpr DWORD kNobodysPid = 0x7fff'fff0;
  EXPECT_EQ(CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, kNobodysPid), INVALID_HANDLE_VALUE);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_PARAMETER});
}

TEST_F(Toolhelp, ThreadsAreThoseOfEveryProcess) {
  std::promise<DWORD> started;
  std::promise<void> end;
  std::thread other([&] {
    started.set_value(GetCurrentThreadId());
    end.get_future().wait();
  });
  const DWORD other_id = started.get_future().get();
  const Handle threads(CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0));
  std::map<DWORD, DWORD> owners;
  auto entry = sized<THREADENTRY32>();
  for (BOOL more = Thread32First(threads, &entry); more; more = Thread32Next(threads, &entry))
    owners[entry.th32ThreadID] = entry.th32OwnerProcessID;
  EXPECT_EQ(GetLastError(), DWORD{ERROR_NO_MORE_FILES});
  end.set_value();
  other.join();
  EXPECT_EQ(owners[other_id], GetCurrentProcessId());
  EXPECT_EQ(owners[GetCurrentThreadId()], GetCurrentProcessId());
  EXPECT_EQ(owners[pid()], pid());
}

TEST_F(Toolhelp, ThereAreNoListsOfHeaps) {
  EXPECT_EQ(CreateToolhelp32Snapshot(TH32CS_SNAPHEAPLIST, 0), INVALID_HANDLE_VALUE);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_NOT_SUPPORTED});
  EXPECT_EQ(CreateToolhelp32Snapshot(0, 0), INVALID_HANDLE_VALUE);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_PARAMETER});
  const Handle all(CreateToolhelp32Snapshot(TH32CS_SNAPALL, 0));
  auto entry = sized<PROCESSENTRY32>();
  EXPECT_TRUE(Process32First(all, &entry));
}

TEST(ProcessStat, GivesParentThreadsAndAnyName) {
  const std::string_view tail =
      " S 7 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 5 0 100 1000 10 18446744073709551615";
  for (const std::string name : {"sh", "a b) (c", ")", ""}) {
    const auto process = parse_listed_process("42 (" + name + ")" + std::string(tail));
    ASSERT_TRUE(process) << name;
    EXPECT_EQ(process->pid, 42U);
    EXPECT_EQ(process->name, name);
    EXPECT_EQ(process->parent, 7U);
    EXPECT_EQ(process->threads, 5U);
  }
  for (const std::string_view broken : {"", "42", "42 (sh", "42 (sh)", "42 (sh) S", "42 (sh) S 7 42", ")("})
    EXPECT_FALSE(parse_listed_process(broken)) << broken;
}

TEST(ModuleList, HasTheFilesThatAreCodeWithTheExecutableFirst) {
  const std::string_view maps =
      "1000-2000 r--p 00000000 08:01 1  /usr/lib/libc.so\n"
      "2000-3000 r-xp 00001000 08:01 1  /usr/lib/libc.so\n"
      "3000-4000 r--p 00000000 08:01 2  /usr/share/locale data\n"
      "5000-6000 r--p 00000000 08:01 3  /opt/my program (deleted)\n"
      "6000-7000 r-xp 00001000 08:01 3  /opt/my program (deleted)\n"
      "7000-8000 rw-p 00000000 00:00 0  [heap]\n"
      "8000-9000 r-xp 00000000 00:00 0  [vdso]\n"
      "garbage\n";
  const auto modules = parse_modules(maps, "/opt/my program");
  ASSERT_EQ(modules.size(), 2U);
  EXPECT_EQ(modules[0].path, "/opt/my program");
  EXPECT_EQ(modules[0].base, 0x5000U);
  EXPECT_EQ(modules[0].size, 0x2000U);
  EXPECT_EQ(modules[1].path, "/usr/lib/libc.so");
  EXPECT_EQ(modules[1].base, 0x1000U);
}

}  // namespace
