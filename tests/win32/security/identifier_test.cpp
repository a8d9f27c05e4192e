// SPDX-License-Identifier: MIT
// Whose process it is: the token's user, its account, the identifiers' texts, and who belongs to which group.
#include <grp.h>
#include <gtest/gtest.h>
#include <sddl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <windows.h>

#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

extern "C" int short_wchar_account(unsigned char* texts_are_same);

namespace {

constexpr SID_IDENTIFIER_AUTHORITY kUnix = {{0, 0, 0, 0, 0, 22}};
constexpr DWORD kUnixUser = 1;
constexpr DWORD kUnixGroup = 2;

using Sid = std::unique_ptr<void, decltype(&FreeSid)>;

Sid sid_of(SID_IDENTIFIER_AUTHORITY authority, const std::vector<DWORD>& numbers) {
  DWORD all[8] = {};
  std::copy(numbers.begin(), numbers.end(), all);
  PSID sid = nullptr;
  EXPECT_TRUE(AllocateAndInitializeSid(&authority, static_cast<BYTE>(numbers.size()), all[0], all[1], all[2],
                                       all[3], all[4], all[5], all[6], all[7], &sid));
  return Sid(sid, &FreeSid);
}

Sid user(uid_t number) {
  return sid_of(kUnix, {kUnixUser, number});
}

Sid group(gid_t number) {
  return sid_of(kUnix, {kUnixGroup, number});
}

std::string text_of(PSID sid) {
  char* text = nullptr;
  EXPECT_TRUE(ConvertSidToStringSidA(sid, &text));
  std::string result = text != nullptr ? text : "";
  LocalFree(text);
  return result;
}

// TRUE or FALSE, or the last error's negative.
int membership(PSID sid) {
  BOOL is_member = FALSE;
  if (!CheckTokenMembership(nullptr, sid, &is_member)) return -static_cast<int>(GetLastError());
  return is_member;
}

// What `work` returns in a child process, which may change who it is.
int in_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct Account {
  BOOL found;
  DWORD error;
  std::string name, domain;
  DWORD name_size, domain_size;
  SID_NAME_USE use;
};

Account look_up(PSID sid, DWORD name_room = 256, DWORD domain_room = 256, const char* system = nullptr) {
  std::vector<char> name(name_room + 1, '!');
  std::vector<char> domain(domain_room + 1, '!');
  Account account{FALSE, 0, "", "", name_room, domain_room, SidTypeUnknown};
  account.found = LookupAccountSidA(system, sid, name.data(), &account.name_size, domain.data(),
                                    &account.domain_size, &account.use);
  account.error = GetLastError();
  EXPECT_EQ(name.back(), '!');
  EXPECT_EQ(domain.back(), '!');
  if (account.found) {
    account.name = name.data();
    account.domain = domain.data();
  }
  return account;
}

TEST(Win32Identifier, AsksForTheTokensUserInTwoCalls) {
  HANDLE token = nullptr;
  ASSERT_TRUE(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
  DWORD size = 0;
  EXPECT_FALSE(GetTokenInformation(token, TokenUser, nullptr, 0, &size));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INSUFFICIENT_BUFFER});
  ASSERT_GE(size, sizeof(TOKEN_USER) + 16);
  std::vector<std::byte> buffer(size);
  ASSERT_TRUE(GetTokenInformation(token, TokenUser, buffer.data(), size, &size));
  EXPECT_TRUE(CloseHandle(token));
  TOKEN_USER own;
  std::memcpy(&own, buffer.data(), sizeof own);
  EXPECT_EQ(own.User.Attributes, 0U);
  EXPECT_GE(own.User.Sid, buffer.data() + sizeof own);
  EXPECT_EQ(static_cast<std::byte*>(own.User.Sid) + GetLengthSid(own.User.Sid), buffer.data() + size);
  EXPECT_TRUE(EqualSid(own.User.Sid, user(::geteuid()).get()));
  EXPECT_EQ(text_of(own.User.Sid), "S-1-22-1-" + std::to_string(::geteuid()));
}

TEST(Win32Identifier, NamesTheUserAsGetUserNameDoes) {
  const Account account = look_up(user(::geteuid()).get());
  ASSERT_TRUE(account.found);
  char name[257];
  DWORD size = sizeof name;
  ASSERT_TRUE(GetUserNameA(name, &size));
  EXPECT_EQ(account.name, name);
  EXPECT_EQ(account.name_size, account.name.size());
  size = sizeof name;
  ASSERT_TRUE(GetComputerNameA(name, &size));
  EXPECT_EQ(account.domain, name);
  EXPECT_EQ(account.domain_size, account.domain.size());
  EXPECT_EQ(account.use, SidTypeUser);
}

TEST(Win32Identifier, NamesGroups) {
  const ::group* const root = ::getgrgid(0);
  ASSERT_NE(root, nullptr);
  const Account account = look_up(group(0).get());
  ASSERT_TRUE(account.found);
  EXPECT_EQ(account.name, root->gr_name);
  EXPECT_EQ(account.use, SidTypeGroup);
}

TEST(Win32Identifier, TellsBothNeededSizesWhereEitherIsShort) {
  const Sid sid = user(::geteuid());
  const Account whole = look_up(sid.get());
  const auto name_size = static_cast<DWORD>(whole.name.size() + 1);
  const auto domain_size = static_cast<DWORD>(whole.domain.size() + 1);
  for (const auto& [name_room, domain_room] :
       {std::pair{name_size - 1, domain_size}, {name_size, domain_size - 1}, {DWORD{0}, DWORD{0}}}) {
    const Account account = look_up(sid.get(), name_room, domain_room);
    EXPECT_FALSE(account.found);
    EXPECT_EQ(account.error, DWORD{ERROR_INSUFFICIENT_BUFFER});
    EXPECT_EQ(account.name_size, name_size);
    EXPECT_EQ(account.domain_size, domain_size);
  }
  EXPECT_TRUE(look_up(sid.get(), name_size, domain_size).found);
}

TEST(Win32Identifier, HasNoAccountForOthers) {
  const Sid nobody_has = user(3'999'999'999);
  const Sid of_windows = sid_of(SECURITY_NT_AUTHORITY, {21, 1, 2, 3, 500});
  for (const PSID sid : {nobody_has.get(), of_windows.get()}) {
    const Account account = look_up(sid);
    EXPECT_FALSE(account.found);
    EXPECT_EQ(account.error, DWORD{ERROR_NONE_MAPPED});
  }
  EXPECT_EQ(look_up(user(0).get(), 256, 256, "elsewhere").error, DWORD{ERROR_NONE_MAPPED});
}

TEST(Win32Identifier, ComparesCopiesAndTells) {
  const Sid sid = sid_of(SECURITY_NT_AUTHORITY, {21, 4'294'967'295, 2, 3, 500});
  EXPECT_TRUE(IsValidSid(sid.get()));
  EXPECT_EQ(GetLengthSid(sid.get()), 28U);
  EXPECT_EQ(text_of(sid.get()), "S-1-5-21-4294967295-2-3-500");
  std::vector<std::byte> copy(28);
  EXPECT_FALSE(CopySid(27, copy.data(), sid.get()));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INSUFFICIENT_BUFFER});
  EXPECT_TRUE(CopySid(28, copy.data(), sid.get()));
  EXPECT_TRUE(EqualSid(sid.get(), copy.data()));
  copy[12] ^= std::byte{1};
  EXPECT_FALSE(EqualSid(sid.get(), copy.data()));
  copy[0] = std::byte{2};
  EXPECT_FALSE(IsValidSid(copy.data()));
}

TEST(Win32Identifier, BelongsToItsUserItsGroupsAndEverybody) {
  EXPECT_EQ(membership(user(::geteuid()).get()), TRUE);
  EXPECT_EQ(membership(user(::geteuid() + 1).get()), FALSE);
  EXPECT_EQ(membership(group(::getegid()).get()), TRUE);
  EXPECT_EQ(membership(sid_of(SECURITY_WORLD_SID_AUTHORITY, {SECURITY_WORLD_RID}).get()), TRUE);
}

TEST(Win32Identifier, TellsAdministratorsByWhatTheyMayDo) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs to be root";
  const auto is_administrator = [] {
    return membership(
        sid_of(SECURITY_NT_AUTHORITY, {SECURITY_BUILTIN_DOMAIN_RID, DOMAIN_ALIAS_RID_ADMINS}).get());
  };
  HANDLE token = nullptr;
  ASSERT_TRUE(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
  TOKEN_ELEVATION elevation{};
  DWORD size = 0;
  ASSERT_TRUE(GetTokenInformation(token, TokenElevation, &elevation, sizeof elevation, &size));
  EXPECT_TRUE(CloseHandle(token));
  EXPECT_EQ(is_administrator(), static_cast<int>(elevation.TokenIsElevated));
  EXPECT_EQ(in_child([&] {
              const gid_t groups[] = {4242};
              if (::setgroups(1, groups) != 0 || ::setresuid(12'345, 12'345, 12'345) != 0) return 10;
              return is_administrator() * 4 + membership(user(12'345).get()) * 2 +
                     membership(group(4242).get());
            }),
            3);
}

TEST(Win32Identifier, IsTheSameInUtf16) {
  unsigned char are_same = 0;
  EXPECT_EQ(short_wchar_account(&are_same), NO_ERROR);
  EXPECT_EQ(are_same, 1);
}

}  // namespace
