// SPDX-License-Identifier: MIT
#include "win32/security/identifiers.hpp"

#include "win32/system/own_names.hpp"

#include <grp.h>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace tcptable::win32 {
namespace {

constexpr std::uint64_t kWorld = 1;
constexpr std::uint64_t kNt = 5;
constexpr std::uint64_t kUnix = 22;
constexpr DWORD kUnixUser = 1;
constexpr DWORD kUnixGroup = 2;

// Those that are there, of at least 8 bytes with the authority.
struct Header {
  BYTE revision;
  BYTE count;
  BYTE authority[6];
};

std::optional<std::string> group_name_of(gid_t group) {
  std::vector<char> texts(1024);
  ::group entry{};
  ::group* found = nullptr;
  while (::getgrgid_r(group, &entry, texts.data(), texts.size(), &found) == ERANGE)
    texts.resize(texts.size() * 2);
  if (found == nullptr) return std::nullopt;
  return found->gr_name;
}

// The line behind a label, without either.
std::string_view line_of(std::string_view status, std::string_view label) {
  const std::size_t found = status.find(label);
  if (found == std::string_view::npos) return {};
  status.remove_prefix(found + label.size());
  return status.substr(0, status.find('\n'));
}

std::vector<DWORD> numbers_in(std::string_view line) {
  std::vector<DWORD> numbers;
  while (!line.empty()) {
    DWORD number = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    if (error == std::errc()) numbers.push_back(number);
    const auto taken = static_cast<std::size_t>(end - line.data());
    line.remove_prefix(taken != 0 ? taken : 1);
  }
  return numbers;
}

// Real, effective, saved, of the file system.
constexpr std::size_t kEffective = 1;

}  // namespace

Identifier Identifier::of_user(uid_t user) {
  return {kUnix, {kUnixUser, user}};
}

Identifier Identifier::of_group(gid_t group) {
  return {kUnix, {kUnixGroup, group}};
}

Identifier Identifier::of_everybody() {
  return {kWorld, {SECURITY_WORLD_RID}};
}

Identifier Identifier::of_administrators() {
  return {kNt, {SECURITY_BUILTIN_DOMAIN_RID, DOMAIN_ALIAS_RID_ADMINS}};
}

std::optional<Identifier> Identifier::read(const void* sid) {
  if (sid == nullptr) return std::nullopt;
  Header header;
  std::memcpy(&header, sid, sizeof header);
  if (header.revision != SID_REVISION || header.count > SID_MAX_SUB_AUTHORITIES) return std::nullopt;
  Identifier identifier{0, std::vector<DWORD>(header.count)};
  for (const BYTE byte : header.authority) identifier.authority = identifier.authority << 8 | byte;
  if (header.count != 0)
    std::memcpy(identifier.numbers.data(), static_cast<const char*>(sid) + sizeof header,
                header.count * sizeof(DWORD));
  return identifier;
}

void Identifier::write(void* sid) const {
  Header header{SID_REVISION, static_cast<BYTE>(numbers.size()), {}};
  for (std::size_t i = 0; i < sizeof header.authority; ++i)
    header.authority[i] = static_cast<BYTE>(authority >> (8 * (sizeof header.authority - 1 - i)));
  std::memcpy(sid, &header, sizeof header);
  if (!numbers.empty())
    std::memcpy(static_cast<char*>(sid) + sizeof header, numbers.data(), numbers.size() * sizeof(DWORD));
}

std::string Identifier::text() const {
  std::string text = "S-1-" + std::to_string(authority);
  for (const DWORD number : numbers) text += "-" + std::to_string(number);
  return text;
}

std::optional<Account> account_of(const Identifier& identifier) {
  if (identifier.authority != kUnix || identifier.numbers.size() != 2) return std::nullopt;
  const DWORD kind = identifier.numbers[0];
  std::optional<std::string> name;
  if (kind == kUnixUser) name = user_name_of(identifier.numbers[1]);
  if (kind == kUnixGroup) name = group_name_of(identifier.numbers[1]);
  if (!name) return std::nullopt;
  return Account{std::move(*name), kind == kUnixUser ? SidTypeUser : SidTypeGroup};
}

std::optional<uid_t> effective_user(std::string_view status) {
  const std::vector<DWORD> users = numbers_in(line_of(status, "\nUid:"));
  if (users.size() <= kEffective) return std::nullopt;
  return users[kEffective];
}

std::vector<gid_t> effective_groups(std::string_view status) {
  std::vector<gid_t> groups = numbers_in(line_of(status, "\nGroups:"));
  const std::vector<DWORD> own = numbers_in(line_of(status, "\nGid:"));
  if (own.size() > kEffective) groups.push_back(own[kEffective]);
  return groups;
}

}  // namespace tcptable::win32
