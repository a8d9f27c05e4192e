// SPDX-License-Identifier: MIT
#include "support/privileges.hpp"

#include <grp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>

#include "support/fd.hpp"

namespace tcptable::test {
namespace {

constexpr uid_t kNobody = 65534;

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
  check(::setgroups(0, nullptr), "setgroups");
  check(::setresgid(kNobody, kNobody, kNobody), "setresgid");
  check(::setresuid(kNobody, kNobody, kNobody), "setresuid");
  check(::prctl(PR_SET_DUMPABLE, 1), "PR_SET_DUMPABLE");  // an ordinary process is
}

}  // namespace tcptable::test
