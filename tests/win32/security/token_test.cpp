// SPDX-License-Identifier: MIT
// What process listers do first: they enable SeDebugPrivilege, and ask whether they are an administrator's.
#include <gtest/gtest.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <windows.h>

#include <functional>
#include <vector>

#include "win32/security/privileges.hpp"

namespace {

using tcptable::win32::effective_capabilities;
using tcptable::win32::privilege_named;

class Token {
 public:
  explicit Token(DWORD access) { EXPECT_TRUE(OpenProcessToken(GetCurrentProcess(), access, &handle_)); }
  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;
  ~Token() { EXPECT_TRUE(CloseHandle(handle_)); }
  operator HANDLE() const { return handle_; }

 private:
  HANDLE handle_ = nullptr;
};

// The last error of an adjusting that returned TRUE.
DWORD adjust(const char* name, DWORD attributes) {
  const Token token(TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY);
  TOKEN_PRIVILEGES wanted{};
  wanted.PrivilegeCount = 1;
  wanted.Privileges[0].Attributes = attributes;
  EXPECT_TRUE(LookupPrivilegeValueA(nullptr, name, &wanted.Privileges[0].Luid));
  EXPECT_TRUE(AdjustTokenPrivileges(token, FALSE, &wanted, sizeof wanted, nullptr, nullptr));
  return GetLastError();
}

DWORD elevation() {
  const Token token(TOKEN_QUERY);
  TOKEN_ELEVATION elevation{};
  DWORD size = 0;
  EXPECT_TRUE(GetTokenInformation(token, TokenElevation, &elevation, sizeof elevation, &size));
  EXPECT_EQ(size, sizeof elevation);
  return elevation.TokenIsElevated;
}

bool has_capability(int capability) {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  __user_cap_data_struct data[2] = {};
  ::syscall(SYS_capget, &header, data);
  return (data[capability / 32].effective >> (capability % 32) & 1) != 0;
}

void drop_all_capabilities() {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  const __user_cap_data_struct none[2] = {};
  ::syscall(SYS_capset, &header, none);
}

// What a process without capabilities answers: the exit code of a child.
int without_capabilities(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    drop_all_capabilities();
    ::_exit(work());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

TEST(Privilege, OfDebuggingIsInForceExactlyWithItsCapability) {
  EXPECT_EQ(adjust("SeDebugPrivilege", SE_PRIVILEGE_ENABLED),
            has_capability(CAP_SYS_PTRACE) ? DWORD{NO_ERROR} : DWORD{ERROR_NOT_ALL_ASSIGNED});
}

TEST(Privilege, ThatTheProcessLacksIsNotAssigned) {
  EXPECT_EQ(without_capabilities([] {
              return adjust("SeDebugPrivilege", SE_PRIVILEGE_ENABLED) == DWORD{ERROR_NOT_ALL_ASSIGNED} ? 0
                                                                                                       : 1;
            }),
            0);
  EXPECT_EQ(adjust("SeTcbPrivilege", SE_PRIVILEGE_ENABLED), DWORD{ERROR_NOT_ALL_ASSIGNED}) << "nobody's here";
}

TEST(Privilege, ThatIsThereCanNotBeSwitchedOff) {
  EXPECT_EQ(adjust("SeDebugPrivilege", 0), DWORD{ERROR_NOT_ALL_ASSIGNED});
}

TEST(Privilege, StateBeforeNamesNoneForNothingChanges) {
  const Token token(TOKEN_ADJUST_PRIVILEGES);
  TOKEN_PRIVILEGES wanted{};
  TOKEN_PRIVILEGES before{};
  before.PrivilegeCount = 9;
  DWORD size = 0;
  EXPECT_TRUE(AdjustTokenPrivileges(token, FALSE, &wanted, sizeof before, &before, &size));
  EXPECT_EQ(GetLastError(), DWORD{NO_ERROR});
  EXPECT_EQ(before.PrivilegeCount, 0U);
  EXPECT_EQ(size, sizeof(DWORD));
}

TEST(Privilege, NumbersAreWindowsOwnAndNamesKnowNoCase) {
  LUID number{};
  ASSERT_TRUE(LookupPrivilegeValueA("", "sedebugprivilege", &number));
  EXPECT_EQ(number.LowPart, 20U);
  EXPECT_EQ(number.HighPart, 0);
  ASSERT_TRUE(LookupPrivilegeValueW(nullptr, L"SeShutdownPrivilege", &number));
  EXPECT_EQ(number.LowPart, 19U);
  EXPECT_FALSE(LookupPrivilegeValueA(nullptr, "SeNoSuchPrivilege", &number));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_NO_SUCH_PRIVILEGE});
  EXPECT_FALSE(LookupPrivilegeValueA("elsewhere", "SeDebugPrivilege", &number));
}

TEST(TokenInformation, SaysElevatedOnlyWithTheCapabilitiesThatCallsHereWant) {
  EXPECT_EQ(elevation(), has_capability(CAP_NET_ADMIN) && has_capability(CAP_SYS_PTRACE) ? 1U : 0U);
  EXPECT_EQ(without_capabilities([] { return static_cast<int>(elevation()); }), 0);
}

TEST(TokenInformation, ListsThePrivilegesInForce) {
  const Token token(TOKEN_QUERY);
  DWORD size = 0;
  EXPECT_FALSE(GetTokenInformation(token, TokenPrivileges, nullptr, 0, &size));
  ASSERT_EQ(GetLastError(), DWORD{ERROR_INSUFFICIENT_BUFFER});
  std::vector<DWORD> room(size / sizeof(DWORD));
  auto* const list = reinterpret_cast<TOKEN_PRIVILEGES*>(room.data());
  ASSERT_TRUE(GetTokenInformation(token, TokenPrivileges, list, size, &size));
  bool listed = false;
  for (DWORD i = 0; i < list->PrivilegeCount; ++i) listed = listed || list->Privileges[i].Luid.LowPart == 20;
  EXPECT_EQ(listed, has_capability(CAP_SYS_PTRACE));
}

TEST(ProcessStatus, HasItsCapabilitiesAsAMask) {
  EXPECT_EQ(effective_capabilities("Name:\tx\nCapPrm:\t00000000000000ff\nCapEff:\t0000000000080001\n"),
            0x80001U);
  EXPECT_EQ(effective_capabilities("Name:\tx\n"), 0U);
  EXPECT_EQ(privilege_named("SeDebugPrivilege")->capability, CAP_SYS_PTRACE);
}

}  // namespace
