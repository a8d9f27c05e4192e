// SPDX-License-Identifier: MIT
#include "support/privileges.hpp"

#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <fstream>

#include "support/fd.hpp"

namespace tcptable::test {
namespace {

constexpr uid_t kNobody = 65534;

// The permitted and the effective ones: the low half, and the high one.
using Capabilities = std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3>;

void set_capabilities(const Capabilities& capabilities) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  check(::syscall(SYS_capset, &header, capabilities.data()), "capset");
}

Capabilities own_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  Capabilities capabilities{};
  check(::syscall(SYS_capget, &header, capabilities.data()), "capget");
  return capabilities;
}

__u32& half_of(int capability, Capabilities& capabilities, __u32 __user_cap_data_struct::*set) {
  return capabilities[CAP_TO_INDEX(capability)].*set;
}

void change_user_to_nobody() {
  check(::setgroups(0, nullptr), "setgroups");
  check(::setresgid(kNobody, kNobody, kNobody), "setresgid");
  check(::setresuid(kNobody, kNobody, kNobody), "setresuid");
  check(::prctl(PR_SET_DUMPABLE, 1), "PR_SET_DUMPABLE");  // an ordinary process is
}

}  // namespace

bool may_become_nobody() {
  std::ifstream map("/proc/self/uid_map");
  std::uint64_t first = 0;
  std::uint64_t outside = 0;
  std::uint64_t count = 0;
  map >> first >> outside >> count;
  return ::geteuid() == 0 && first <= kNobody && kNobody < first + count;
}

void become_nobody() {
  change_user_to_nobody();
}

void become_nobody_with(std::initializer_list<int> capabilities) {
  check(::prctl(PR_SET_KEEPCAPS, 1), "PR_SET_KEEPCAPS");
  change_user_to_nobody();
  Capabilities kept{};
  for (const int capability : capabilities) {
    half_of(capability, kept, &__user_cap_data_struct::permitted) |= CAP_TO_MASK(capability);
    half_of(capability, kept, &__user_cap_data_struct::effective) |= CAP_TO_MASK(capability);
  }
  set_capabilities(kept);
  check(::prctl(PR_SET_DUMPABLE, 1), "PR_SET_DUMPABLE");
}

void drop_capabilities(std::initializer_list<int> capabilities) {
  Capabilities left = own_capabilities();
  for (const int capability : capabilities) {
    half_of(capability, left, &__user_cap_data_struct::permitted) &= ~CAP_TO_MASK(capability);
    half_of(capability, left, &__user_cap_data_struct::effective) &= ~CAP_TO_MASK(capability);
  }
  set_capabilities(left);
  check(::prctl(PR_SET_DUMPABLE, 1), "PR_SET_DUMPABLE");
}

void deny_system_call(int number, std::optional<unsigned> first_argument, int error) {
  const __u16 comparison = first_argument ? BPF_JEQ : BPF_JGE;  // any is at least 0
  std::array<sock_filter, 6> filter{
      sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<__u32>(number), 0, 3),
      sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args)),
      sock_filter BPF_JUMP(static_cast<__u16>(BPF_JMP | comparison | BPF_K), first_argument.value_or(0), 0,
                           1),
      sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<__u32>(error)),
      sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  sock_fprog program{filter.size(), filter.data()};
  check(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "PR_SET_NO_NEW_PRIVS");
  check(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), "PR_SET_SECCOMP");
}

}  // namespace tcptable::test
