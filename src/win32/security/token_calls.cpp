// SPDX-License-Identifier: MIT
// OpenProcessToken and what programs do with a token: they enable SeDebugPrivilege, ask whether the user is
// an administrator, or who it is.
#include "win32/export.hpp"
#include "win32/last_error.hpp"
#include "win32/process/proc_text.hpp"
#include "win32/process/process_object.hpp"
#include "win32/security/identifiers.hpp"
#include "win32/security/lookup_privilege.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

using namespace tcptable::win32;

namespace {

class TokenObject final : public Object {
 public:
  TokenObject(std::shared_ptr<ProcessObject> process, DWORD access)
      : process_(std::move(process)), access_(access) {}

  bool allows(DWORD rights) const { return (access_ & rights) == rights; }

  // What /proc/PID/status says now.
  OrCode<std::string> status() const {
    auto status = read_proc_text(process_->pid(), "status");
    if (!process_->exists()) return tl::unexpected<DWORD>(ERROR_GEN_FAILURE);
    if (!status) return tl::unexpected<DWORD>(windows_code(status.error()));
    return std::move(*status);
  }

 private:
  const std::shared_ptr<ProcessObject> process_;
  const DWORD access_;
};

OrCode<std::string> status_of(HANDLE handle, DWORD rights) {
  const auto token = object_of<TokenObject>(handle);
  if (token == nullptr) return tl::unexpected<DWORD>(ERROR_INVALID_HANDLE);
  if (!token->allows(rights)) return tl::unexpected<DWORD>(ERROR_ACCESS_DENIED);
  return token->status();
}

bool is_as_wanted(const LUID_AND_ATTRIBUTES& wanted, std::uint64_t capabilities) {
  const Privilege* const privilege = privilege_numbered(wanted.Luid);
  const bool enabled = (wanted.Attributes & SE_PRIVILEGE_ENABLED) != 0;
  return privilege != nullptr && enabled && holds(capabilities, privilege->capability);
}

bool all_as_wanted(const TOKEN_PRIVILEGES& wanted, std::uint64_t capabilities) {
  return std::all_of(wanted.Privileges, wanted.Privileges + wanted.PrivilegeCount,
                     [=](const LUID_AND_ATTRIBUTES& each) { return is_as_wanted(each, capabilities); });
}

std::vector<std::byte> bytes_of(DWORD number) {
  std::vector<std::byte> bytes(sizeof number);
  std::memcpy(bytes.data(), &number, sizeof number);
  return bytes;
}

// A TOKEN_PRIVILEGES of those that are in force.
std::vector<std::byte> bytes_of_privileges(std::uint64_t capabilities) {
  std::vector<std::byte> bytes(offsetof(TOKEN_PRIVILEGES, Privileges));
  DWORD count = 0;
  for (const Privilege& privilege : privileges()) {
    if (!holds(capabilities, privilege.capability)) continue;
    const LUID_AND_ATTRIBUTES entry{.Luid = {.LowPart = privilege.number, .HighPart = 0},
                                    .Attributes = SE_PRIVILEGE_ENABLED | SE_PRIVILEGE_ENABLED_BY_DEFAULT};
    bytes.resize(bytes.size() + sizeof entry);
    std::memcpy(bytes.data() + bytes.size() - sizeof entry, &entry, sizeof entry);
    ++count;
  }
  std::memcpy(bytes.data(), &count, sizeof count);
  return bytes;
}

// A TOKEN_USER and its identifier, at which point_to_own_sid has it point once it is in the caller's buffer.
OrCode<std::vector<std::byte>> bytes_of_user(std::string_view status) {
  const auto user = effective_user(status);
  if (!user) return tl::unexpected<DWORD>(ERROR_GEN_FAILURE);
  const Identifier identifier = Identifier::of_user(*user);
  std::vector<std::byte> bytes(sizeof(TOKEN_USER) + identifier.size());
  identifier.write(bytes.data() + sizeof(TOKEN_USER));
  return bytes;
}

void point_to_own_sid(LPVOID user) {
  const PSID sid = static_cast<std::byte*>(user) + sizeof(TOKEN_USER);
  std::memcpy(user, &sid, sizeof sid);
}

OrCode<std::vector<std::byte>> information(TOKEN_INFORMATION_CLASS kind, const std::string& status) {
  const std::uint64_t capabilities = effective_capabilities(status);
  switch (kind) {
    case TokenUser:
      return bytes_of_user(status);
    case TokenElevation:
      return bytes_of(is_elevated(capabilities) ? 1 : 0);
    case TokenElevationType:
      return bytes_of(TokenElevationTypeDefault);
    case TokenPrivileges:
      return bytes_of_privileges(capabilities);
  }
  return tl::unexpected<DWORD>(ERROR_NOT_SUPPORTED);
}

bool is_member(const Identifier& identifier, std::string_view status) {
  if (identifier == Identifier::of_everybody()) return true;
  if (identifier == Identifier::of_administrators()) return is_elevated(effective_capabilities(status));
  const auto user = effective_user(status);
  if (user && identifier == Identifier::of_user(*user)) return true;
  const auto groups = effective_groups(status);
  return std::ranges::any_of(groups, [&](gid_t group) { return identifier == Identifier::of_group(group); });
}

}  // namespace

TCPTABLE_WIN32_EXPORT BOOL WINAPI OpenProcessToken(HANDLE ProcessHandle, DWORD DesiredAccess,
                                                   PHANDLE TokenHandle) {
  if (TokenHandle == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    auto process = queried_process(ProcessHandle);
    if (!process) return process.error();
    *TokenHandle = open_handle(std::make_shared<TokenObject>(std::move(*process), DesiredAccess));
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI LookupPrivilegeValueA(LPCSTR lpSystemName, LPCSTR lpName, PLUID lpLuid) {
  return look_up_privilege(lpSystemName, lpName, lpLuid);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI AdjustTokenPrivileges(HANDLE TokenHandle, BOOL DisableAllPrivileges,
                                                        PTOKEN_PRIVILEGES NewState, DWORD BufferLength,
                                                        PTOKEN_PRIVILEGES PreviousState,
                                                        PDWORD ReturnLength) {
  constexpr DWORD kNoneSize = offsetof(TOKEN_PRIVILEGES, Privileges);
  if ((!DisableAllPrivileges && NewState == nullptr) || (PreviousState != nullptr && ReturnLength == nullptr))
    return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const auto status = status_of(TokenHandle, TOKEN_ADJUST_PRIVILEGES);
    if (!status) return status.error();
    const std::uint64_t capabilities = effective_capabilities(*status);
    if (ReturnLength != nullptr) *ReturnLength = kNoneSize;
    if (PreviousState != nullptr && BufferLength < kNoneSize) return ERROR_INSUFFICIENT_BUFFER;
    if (PreviousState != nullptr) PreviousState->PrivilegeCount = 0;
    const bool all = DisableAllPrivileges ? capabilities == 0 : all_as_wanted(*NewState, capabilities);
    SetLastError(all ? NO_ERROR : ERROR_NOT_ALL_ASSIGNED);
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetTokenInformation(HANDLE TokenHandle,
                                                      TOKEN_INFORMATION_CLASS TokenInformationClass,
                                                      LPVOID TokenInformation, DWORD TokenInformationLength,
                                                      PDWORD ReturnLength) {
  if (ReturnLength == nullptr || (TokenInformation == nullptr && TokenInformationLength != 0))
    return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const auto status = status_of(TokenHandle, TOKEN_QUERY);
    if (!status) return status.error();
    const auto bytes = information(TokenInformationClass, *status);
    if (!bytes) return bytes.error();
    *ReturnLength = static_cast<DWORD>(bytes->size());
    if (TokenInformationLength < bytes->size()) return ERROR_INSUFFICIENT_BUFFER;
    std::memcpy(TokenInformation, bytes->data(), bytes->size());
    if (TokenInformationClass == TokenUser) point_to_own_sid(TokenInformation);
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI CheckTokenMembership(HANDLE TokenHandle, PSID SidToCheck, PBOOL IsMember) {
  if (SidToCheck == nullptr || IsMember == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const auto identifier = Identifier::read(SidToCheck);
    if (!identifier) return ERROR_INVALID_SID;
    const auto status = TokenHandle != nullptr ? status_of(TokenHandle, TOKEN_QUERY)
                                               : TokenObject(ProcessObject::current(), TOKEN_QUERY).status();
    if (!status) return status.error();
    *IsMember = is_member(*identifier, *status) ? TRUE : FALSE;
    return NO_ERROR;
  });
}
