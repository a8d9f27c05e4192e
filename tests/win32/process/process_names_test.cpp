// SPDX-License-Identifier: MIT
// What names a process and its modules, and what a buffer that is too small gets.
#include "process_fixture.hpp"

#include <psapi.h>

#include <filesystem>
#include <vector>

#include "short_wchar_process.h"

namespace {

using namespace tcptable::test;

class ProcessNames : public ProcessTest {
 protected:
  std::string name() const { return copy_.path().filename().string(); }

  const Handle process_{OpenProcess(kLook, FALSE, pid())};
};

TEST_F(ProcessNames, TheImageNameIsThePath) {
  char path8[MAX_PATH];
  DWORD size = MAX_PATH;
  ASSERT_TRUE(QueryFullProcessImageNameA(process_, 0, path8, &size));
  EXPECT_EQ(path8, path());
  EXPECT_EQ(size, path().size());
  wchar_t path32[MAX_PATH];
  size = MAX_PATH;
  ASSERT_TRUE(QueryFullProcessImageNameW(process_, PROCESS_NAME_NATIVE, path32, &size));
  EXPECT_EQ(path32, wide_path());
  EXPECT_EQ(size, wide_path().size());
  EXPECT_EQ(GetProcessImageFileNameA(process_, path8, MAX_PATH), path().size());
  EXPECT_EQ(path8, path());
  EXPECT_EQ(GetProcessImageFileNameW(process_, path32, MAX_PATH), wide_path().size());
  EXPECT_EQ(path32, wide_path());
}

TEST_F(ProcessNames, AFullImageNameFitsWhollyOrNotAtAll) {
  char path8[MAX_PATH] = "x";
  DWORD size = static_cast<DWORD>(path().size());
  EXPECT_EQ(error_of(QueryFullProcessImageNameA(process_, 0, path8, &size)),
            DWORD{ERROR_INSUFFICIENT_BUFFER});
  EXPECT_EQ(size, path().size());
  EXPECT_STREQ(path8, "x");
  EXPECT_EQ(GetProcessImageFileNameA(process_, path8, size), 0U);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INSUFFICIENT_BUFFER});
  ++size;
  EXPECT_TRUE(QueryFullProcessImageNameA(process_, 0, path8, &size));
}

TEST_F(ProcessNames, MissingBuffersAreInvalid) {
  char path8[MAX_PATH];
  DWORD size = 0;
  EXPECT_EQ(error_of(QueryFullProcessImageNameA(process_, 0, path8, &size)), DWORD{ERROR_INVALID_PARAMETER});
  size = MAX_PATH;
  EXPECT_EQ(error_of(QueryFullProcessImageNameA(process_, 0, nullptr, &size)),
            DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(error_of(QueryFullProcessImageNameA(process_, 0, path8, nullptr)),
            DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(error_of(QueryFullProcessImageNameA(process_, 2, path8, &size)), DWORD{ERROR_INVALID_PARAMETER});
}

TEST_F(ProcessNames, TheFirstModuleIsTheExecutable) {
  HMODULE modules[64];
  DWORD needed = 0;
  // A program that has just been started maps its libraries one after the other.
  for (int tries = 0; tries < 500 && needed < 2 * sizeof(HMODULE); ++tries) {
    Sleep(10);
    ASSERT_TRUE(EnumProcessModules(process_, modules, sizeof(modules), &needed));
  }
  ASSERT_GE(needed, 2 * sizeof(HMODULE));
  wchar_t name32[MAX_PATH];
  char path8[MAX_PATH];
  EXPECT_EQ(GetModuleBaseNameW(process_, modules[0], name32, MAX_PATH), wide_name().size());
  EXPECT_EQ(name32, wide_name());
  EXPECT_EQ(GetModuleFileNameExA(process_, modules[0], path8, MAX_PATH), path().size());
  EXPECT_EQ(path8, path());
  EXPECT_GT(GetModuleBaseNameA(process_, modules[1], path8, MAX_PATH), 0U);
  EXPECT_NE(std::string(path8).find(".so"), std::string::npos);
  EXPECT_EQ(GetModuleFileNameExA(process_, reinterpret_cast<HMODULE>(UINT_PTR{16}), path8, MAX_PATH), 0U);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_HANDLE});
}

TEST_F(ProcessNames, ModuleNamesAreCutToTheBuffer) {
  char name8[5] = "xxxx";
  EXPECT_EQ(GetModuleBaseNameA(process_, nullptr, name8, 5), 5U);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INSUFFICIENT_BUFFER});
  EXPECT_EQ(name8, name().substr(0, 4));
  EXPECT_EQ(GetModuleBaseNameA(process_, nullptr, nullptr, 0), 0U);
}

TEST_F(ProcessNames, ADeletedExecutableKeepsItsPath) {
  std::filesystem::remove(copy_.path());
  char path8[MAX_PATH];
  DWORD size = MAX_PATH;
  ASSERT_TRUE(QueryFullProcessImageNameA(process_, 0, path8, &size));
  EXPECT_EQ(path8, path());
}

TEST_F(ProcessNames, TheOwnExecutableIsModuleNull) {
  const std::string own = std::filesystem::canonical("/proc/self/exe");
  char path8[MAX_PATH];
  EXPECT_EQ(GetModuleFileNameA(nullptr, path8, MAX_PATH), own.size());
  EXPECT_EQ(path8, own);
  EXPECT_EQ(GetModuleFileNameA(GetModuleHandleA(nullptr), path8, MAX_PATH), own.size());
  EXPECT_EQ(path8, own);
  wchar_t cut[4];
  EXPECT_EQ(GetModuleFileNameW(nullptr, cut, 4), 4U);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INSUFFICIENT_BUFFER});
  EXPECT_EQ(cut, wide(own).substr(0, 3));
}

TEST_F(ProcessNames, AKernelThreadHasNone) {
  const Handle kernel_thread(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, 2));
  char path8[MAX_PATH];
  DWORD size = MAX_PATH;
  if (std::filesystem::exists("/proc/2/exe")) GTEST_SKIP() << "needs the initial pid namespace";
  EXPECT_EQ(error_of(QueryFullProcessImageNameA(kernel_thread, 0, path8, &size)), DWORD{ERROR_GEN_FAILURE});
}

TEST_F(ProcessNames, AProgramWithShortWcharGetsUtf16) {
  char16_t path16[MAX_PATH];
  ASSERT_GT(short_wchar_image_name(pid(), path16, MAX_PATH), 0U);
  EXPECT_EQ(path16, copy_.path().u16string());
}

TEST(EnumProcessesTest, ListsNobodyFirstAndTheOwnProcess) {
  std::vector<DWORD> pids(65536);
  DWORD bytes = 0;
  ASSERT_TRUE(EnumProcesses(pids.data(), static_cast<DWORD>(pids.size() * sizeof(DWORD)), &bytes));
  pids.resize(bytes / sizeof(DWORD));
  EXPECT_EQ(pids.at(0), 0U);
  EXPECT_EQ(std::count(pids.begin(), pids.end(), GetCurrentProcessId()), 1);
  ASSERT_TRUE(EnumProcesses(pids.data(), 7, &bytes));
  EXPECT_EQ(bytes, 4U);
  EXPECT_EQ(error_of(EnumProcesses(nullptr, 0, &bytes)), DWORD{ERROR_INVALID_PARAMETER});
}

}  // namespace
