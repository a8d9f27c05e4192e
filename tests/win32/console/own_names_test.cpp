// SPDX-License-Identifier: MIT
// The machine, the user, and what the process was given.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <windows.h>

#include <cstdlib>
#include <string>
#include <thread>

namespace {

TEST(OwnNames, OfTheComputerIsTheHostsInCapitals) {
  char host[256] = {};
  ASSERT_EQ(::gethostname(host, sizeof host - 1), 0);
  char name[MAX_COMPUTERNAME_LENGTH + 1];
  DWORD size = sizeof name;
  ASSERT_TRUE(GetComputerNameA(name, &size)) << GetLastError();
  EXPECT_EQ(size, std::string(name).size());
  EXPECT_EQ(_strnicmp(name, host, size), 0);
  size = 1;
  EXPECT_FALSE(GetComputerNameA(name, &size));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_BUFFER_OVERFLOW});
  EXPECT_EQ(size, std::string(name).size() + 1);
}

TEST(OwnNames, OfTheUserCountsItsZero) {
  wchar_t name[257];
  DWORD size = _countof(name);
  ASSERT_TRUE(GetUserNameW(name, &size)) << GetLastError();
  EXPECT_EQ(size, std::wstring(name).size() + 1);
  if (::geteuid() == 0) {
    EXPECT_STREQ(name, L"root");
  }
  DWORD small = 1;
  EXPECT_FALSE(GetUserNameW(name, &small));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INSUFFICIENT_BUFFER});
  EXPECT_EQ(small, size);
}

TEST(Environment, GivesAValueOrTheSizeItNeeds) {
  ASSERT_EQ(::setenv("TCPTABLE_TEST_VALUE",
                     "\xc3\xbc"
                     "ber",
                     1),
            0);
  wchar_t wide[8];
  EXPECT_EQ(GetEnvironmentVariableW(L"TCPTABLE_TEST_VALUE", wide, 8), 4U);
  EXPECT_STREQ(wide, L"\u00fcber");
  EXPECT_EQ(GetEnvironmentVariableW(L"TCPTABLE_TEST_VALUE", wide, 4), 5U) << "with its zero";
  EXPECT_EQ(GetEnvironmentVariableA("TCPTABLE_TEST_VALUE", nullptr, 0), 6U);
  EXPECT_EQ(GetEnvironmentVariableA("TCPTABLE_NO_SUCH_VALUE", nullptr, 0), 0U);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_ENVVAR_NOT_FOUND});
}

TEST(CommandLine, BeginsWithTheProgram) {
  const std::string line = GetCommandLineA();
  EXPECT_NE(line.find("win32_console_test"), std::string::npos);
  EXPECT_EQ(GetCommandLineA(), GetCommandLineA()) << "one for the process's life";
  EXPECT_EQ(std::wstring(GetCommandLineW()).size(), line.size());
}

TEST(PerformanceCounter, CountsTicksOfItsFrequency) {
  LARGE_INTEGER frequency;
  LARGE_INTEGER before;
  LARGE_INTEGER after;
  ASSERT_TRUE(QueryPerformanceFrequency(&frequency));
  ASSERT_TRUE(QueryPerformanceCounter(&before));
  Sleep(50);
  ASSERT_TRUE(QueryPerformanceCounter(&after));
  EXPECT_GE(after.QuadPart - before.QuadPart, frequency.QuadPart / 20);
  EXPECT_LT(after.QuadPart - before.QuadPart, frequency.QuadPart * 10);
}

TEST(SystemInfo, IsThisMachines) {
  SYSTEM_INFO info;
  GetSystemInfo(&info);
  EXPECT_EQ(info.dwPageSize, static_cast<DWORD>(::sysconf(_SC_PAGESIZE)));
  EXPECT_EQ(info.dwNumberOfProcessors, static_cast<DWORD>(::sysconf(_SC_NPROCESSORS_ONLN)));
  EXPECT_EQ(info.dwActiveProcessorMask & 1, 1U);
  const auto here = reinterpret_cast<ULONG_PTR>(&info);
  EXPECT_GT(here, reinterpret_cast<ULONG_PTR>(info.lpMinimumApplicationAddress));
  EXPECT_LT(here, reinterpret_cast<ULONG_PTR>(info.lpMaximumApplicationAddress));
}

TEST(MemoryStatus, HasNoMoreAvailableThanThereIs) {
  MEMORYSTATUSEX status{};
  status.dwLength = sizeof status;
  ASSERT_TRUE(GlobalMemoryStatusEx(&status));
  EXPECT_GT(status.ullAvailPhys, 0U);
  EXPECT_LE(status.ullAvailPhys, status.ullTotalPhys);
  EXPECT_LE(status.dwMemoryLoad, 100U);
  EXPECT_NEAR(static_cast<double>(status.dwMemoryLoad),
              100.0 * static_cast<double>(status.ullTotalPhys - status.ullAvailPhys) /
                  static_cast<double>(status.ullTotalPhys),
              1.0);
}

TEST(Version, IsWhatWindowsTellsProgramsWithoutAManifest) {
  OSVERSIONINFOW version{};
  version.dwOSVersionInfoSize = sizeof version;
  ASSERT_TRUE(GetVersionExW(&version));
  EXPECT_EQ(version.dwMajorVersion, 6U);
  EXPECT_EQ(version.dwMinorVersion, 2U);
  EXPECT_EQ(version.dwPlatformId, DWORD{VER_PLATFORM_WIN32_NT});
}

TEST(ExitProcess, WritesWhatIsInTheBuffersAndGivesItsCode) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    printf("%s", "last words");
    ExitProcess(7);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 7);
  char text[64] = {};
  EXPECT_GT(::read(ends[0], text, sizeof text - 1), 0);
  EXPECT_NE(std::string(text).find("last words"), std::string::npos);
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
