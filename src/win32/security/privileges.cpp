// SPDX-License-Identifier: MIT
#include "win32/security/privileges.hpp"

#include <linux/capability.h>

#include <algorithm>
#include <charconv>

namespace tcptable::win32 {
namespace {

constexpr int kNone = -1;

constexpr Privilege kPrivileges[] = {
    {"SeIncreaseQuotaPrivilege", 5, CAP_SYS_RESOURCE},
    {"SeTcbPrivilege", 7, kNone},
    {"SeSecurityPrivilege", 8, kNone},
    {"SeTakeOwnershipPrivilege", 9, CAP_CHOWN},
    {"SeLoadDriverPrivilege", 10, CAP_SYS_MODULE},
    {"SeSystemtimePrivilege", 12, CAP_SYS_TIME},
    {"SeIncreaseBasePriorityPrivilege", 14, CAP_SYS_NICE},
    {"SeBackupPrivilege", 17, CAP_DAC_READ_SEARCH},
    {"SeRestorePrivilege", 18, CAP_DAC_OVERRIDE},
    {"SeShutdownPrivilege", 19, CAP_SYS_BOOT},
    {"SeDebugPrivilege", 20, CAP_SYS_PTRACE},
    {"SeImpersonatePrivilege", 29, kNone},
};

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool is_same(std::string_view first, std::string_view second) {
  return std::ranges::equal(first, second, {}, lower, lower);
}

}  // namespace

std::span<const Privilege> privileges() noexcept {
  return kPrivileges;
}

const Privilege* privilege_named(std::string_view name) noexcept {
  const auto* const found =
      std::ranges::find_if(kPrivileges, [&](const Privilege& each) { return is_same(each.name, name); });
  return found != std::end(kPrivileges) ? found : nullptr;
}

const Privilege* privilege_numbered(const LUID& number) noexcept {
  const auto* const found = std::ranges::find(kPrivileges, number.LowPart, &Privilege::number);
  return found != std::end(kPrivileges) && number.HighPart == 0 ? found : nullptr;
}

std::uint64_t effective_capabilities(std::string_view status) noexcept {
  constexpr std::string_view kLabel = "\nCapEff:\t";
  std::uint64_t mask = 0;
  const std::size_t found = status.find(kLabel);
  if (found == std::string_view::npos) return 0;
  status.remove_prefix(found + kLabel.size());
  std::from_chars(status.data(), status.data() + status.size(), mask, 16);
  return mask;
}

bool is_elevated(std::uint64_t capabilities) noexcept {
  return holds(capabilities, CAP_NET_ADMIN) && holds(capabilities, CAP_SYS_PTRACE);
}

}  // namespace tcptable::win32
