// SPDX-License-Identifier: MIT
// Security identifiers, and the users and groups that they are here: S-1-22-1-UID and S-1-22-2-GID, as Samba
// makes them, too.
#pragma once

#include <securitybaseapi.h>

#include <sys/types.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcptable::win32 {

struct Identifier {
  std::uint64_t authority = 0;
  std::vector<DWORD> numbers;

  bool operator==(const Identifier&) const = default;

  static Identifier of_user(uid_t user);
  static Identifier of_group(gid_t group);
  static Identifier of_everybody();
  static Identifier of_administrators();

  /// Nothing for NULL and for what is none.
  static std::optional<Identifier> read(const void* sid);

  std::size_t size() const { return offsetof(SID, SubAuthority) + numbers.size() * sizeof(DWORD); }
  void write(void* sid) const;
  std::string text() const;
};

struct Account {
  std::string name;
  SID_NAME_USE use;
};

/// Nothing for what is no user's or group's, and for one that has no name.
std::optional<Account> account_of(const Identifier& identifier);

/// What "Uid:" and "Groups:" in /proc/PID/status say: the effective user, all groups with the effective one.
std::optional<uid_t> effective_user(std::string_view status);
std::vector<gid_t> effective_groups(std::string_view status);

}  // namespace tcptable::win32
