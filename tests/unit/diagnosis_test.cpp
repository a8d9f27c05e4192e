// SPDX-License-Identifier: MIT
// Each obstacle makes the finding that names it, and no other, anything but ok. The kernel is the real one
// but for the fault.
#include "api/diagnosis.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <fstream>

#include "support/fault_kernel.hpp"
#include "support/temporary_directory.hpp"

namespace tcptable::test {
namespace {

class Diagnosis : public ::testing::Test {
 protected:
  Finding finding(Check check) {
    const auto findings = api::diagnose(kernel_);
    EXPECT_EQ(findings.size(), static_cast<std::size_t>(kCheckCount));
    EXPECT_EQ(kernel_.open_descriptors(), 0U);
    return findings.at(static_cast<std::size_t>(check));
  }
  Verdict verdict(Check check) { return finding(check).verdict; }

  // Lets the file at `path` say this.
  void say(const std::string& path, const std::string& text) {
    const std::string file = directory_.path() / std::to_string(++files_);
    std::ofstream(file) << text;
    kernel_.redirect(path, file);
  }

  TemporaryDirectory directory_;
  int files_ = 0;
  FaultKernel kernel_{sys::real_kernel()};
};

constexpr const char* kStatus = "/proc/thread-self/status";
constexpr const char* kMounts = "/proc/self/mountinfo";

TEST_F(Diagnosis, GivesEachCheckInOrder) {
  const auto findings = api::diagnose(kernel_);
  ASSERT_EQ(findings.size(), static_cast<std::size_t>(kCheckCount));
  for (std::size_t i = 0; i < findings.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(findings[i].check), i);
    EXPECT_FALSE(to_string(findings[i].check).empty());
  }
}

TEST_F(Diagnosis, AnOldKernelIsLimited) {
  say("/proc/sys/kernel/osrelease", "5.15.0-91-generic\n");
  EXPECT_EQ(verdict(Check::kernel), Verdict::limited);
  EXPECT_EQ(finding(Check::kernel).fact, "5.15.0-91-generic");
  say("/proc/sys/kernel/osrelease", "6.2.0\n");
  EXPECT_EQ(verdict(Check::kernel), Verdict::ok);
}

TEST_F(Diagnosis, WithoutNetlinkThereAreNoTablesAndNothingCanBeClosed) {
  kernel_.fail_call("socket", EPROTONOSUPPORT);
  for (const Check check : {Check::tcp_diag, Check::udp_diag, Check::socket_destroy})
    EXPECT_EQ(verdict(check), Verdict::no) << to_string(check);
  EXPECT_EQ(verdict(Check::seccomp), Verdict::ok);
}

TEST_F(Diagnosis, ARefusedNetlinkSocketIsTheFiltersDoingWhereThereIsOne) {
  kernel_.fail_call("socket", EPERM);
  say(kStatus, "Name:\tx\nCapEff:\t0000000000000000\nSeccomp:\t2\n");
  EXPECT_EQ(verdict(Check::tcp_diag), Verdict::no);
  EXPECT_EQ(finding(Check::tcp_diag).sys_errno, EPERM);
  EXPECT_EQ(verdict(Check::seccomp), Verdict::limited);
  say(kStatus, "Name:\tx\nCapEff:\t0000000000000000\nSeccomp:\t0\n");
  EXPECT_EQ(verdict(Check::seccomp), Verdict::ok);
}

TEST_F(Diagnosis, WithoutProcNothingIsKnownOfOwners) {
  kernel_.fail_path("/proc/thread-self/status", ENOENT);
  kernel_.fail_path("/proc/self/mountinfo", ENOENT);
  EXPECT_EQ(verdict(Check::proc), Verdict::no);
  for (const Check check :
       {Check::hidepid, Check::cap_bpf, Check::cap_sys_ptrace, Check::cgroup, Check::seccomp})
    EXPECT_EQ(verdict(check), Verdict::unknown) << to_string(check);
}

TEST_F(Diagnosis, EachCapabilityIsItsOwn) {
  struct Case {
    Check check;
    const char* mask;
  };
  for (const Case& one :
       {Case{Check::cap_bpf, "0000008000000000"}, Case{Check::cap_perfmon, "0000004000000000"},
        Case{Check::cap_net_admin, "0000000000001000"}, Case{Check::cap_sys_ptrace, "0000000000080000"},
        Case{Check::cap_dac_read_search, "0000000000000004"}}) {
    say(kStatus, std::string("CapEff:\t") + one.mask + "\nSeccomp:\t0\n");
    for (int i = static_cast<int>(Check::cap_bpf); i <= static_cast<int>(Check::cap_sys_admin); ++i) {
      const auto check = static_cast<Check>(i);
      EXPECT_EQ(finding(check).fact == "not held", check != one.check)
          << to_string(one.check) << to_string(check);
    }
  }
}

TEST_F(Diagnosis, ProcThatHidesIsLimitedForThoseWithoutPtrace) {
  say(kMounts, "22 1 0:21 / /proc rw shared:1 - proc proc rw,hidepid=invisible,gid=4\n");
  say(kStatus, "CapEff:\t0000000000000000\nSeccomp:\t0\n");
  EXPECT_EQ(verdict(Check::hidepid), Verdict::limited);
  EXPECT_EQ(finding(Check::hidepid).fact, "invisible");
  say(kMounts, "22 1 0:21 / /proc rw - proc proc rw,hidepid=2\n23 22 0:22 / /proc rw - proc proc rw\n");
  EXPECT_EQ(verdict(Check::hidepid), Verdict::ok) << "the later mount covers the earlier one";
}

TEST_F(Diagnosis, TellsWhichCgroupsThereAre) {
  const std::string v1 = "30 1 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n";
  const std::string v2 = "31 1 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
  say(kMounts, v2);
  EXPECT_EQ(verdict(Check::cgroup), Verdict::ok);
  say(kMounts, v1);
  EXPECT_EQ(finding(Check::cgroup).fact, "v1");
  say(kMounts, v1 + v2);
  EXPECT_EQ(finding(Check::cgroup).fact, "hybrid");
  EXPECT_EQ(verdict(Check::cgroup), Verdict::limited);
  say(kMounts, "nonsense\n");
  EXPECT_EQ(verdict(Check::cgroup), Verdict::no);
}

TEST_F(Diagnosis, BpfThatCanNotBeLoadedIsLimitedWithItsReason) {
  kernel_.fail_call("socket_walks", EACCES);
  EXPECT_EQ(verdict(Check::bpf_programs), Verdict::limited);
  EXPECT_EQ(finding(Check::bpf_programs).sys_errno, EACCES);
}

TEST_F(Diagnosis, WithoutTypeInformationBpfIsLimited) {
  kernel_.fail_path("/sys/kernel/btf/vmlinux", ENOENT);
  EXPECT_EQ(verdict(Check::btf), Verdict::limited);
}

TEST_F(Diagnosis, LockdownForConfidentialityIsLimitedWhereProgramsDoNotLoad) {
  say("/sys/kernel/security/lockdown", "none integrity [confidentiality]\n");
  EXPECT_EQ(verdict(Check::lockdown), verdict(Check::bpf_programs));
  kernel_.fail_call("socket_walks", EPERM);
  EXPECT_EQ(verdict(Check::lockdown), Verdict::limited);
  say("/sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
  EXPECT_EQ(verdict(Check::lockdown), Verdict::ok);
  kernel_.fail_path("/sys/kernel/security/lockdown", ENOENT);
  EXPECT_EQ(verdict(Check::lockdown), Verdict::unknown);
}

TEST_F(Diagnosis, ANamespaceThatCanNotBeReadIsUnknown) {
  for (const char* kind : {"/ns/pid", "/ns/net", "/ns/user"}) kernel_.fail_path(kind, EACCES);
  for (const Check check : {Check::pid_namespace, Check::net_namespace, Check::user_namespace})
    EXPECT_EQ(verdict(check), Verdict::unknown) << to_string(check);
}

TEST_F(Diagnosis, AContainerIsNamedByItsControlGroup) {
  say("/proc/self/cgroup",
      "0::/system.slice/docker-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.scope\n");
  EXPECT_EQ(finding(Check::container).fact, "docker");
  EXPECT_EQ(verdict(Check::container), Verdict::ok);
}

TEST_F(Diagnosis, NoFaultIsMoreThanAFinding) {
  kernel_.fail_nth(0, 0);
  api::diagnose(kernel_);
  const int calls = kernel_.calls();
  for (int nth = 1; nth <= calls; ++nth) {
    kernel_.fail_nth(nth, EIO);
    EXPECT_EQ(api::diagnose(kernel_).size(), static_cast<std::size_t>(kCheckCount)) << nth;
    EXPECT_EQ(kernel_.open_descriptors(), 0U) << nth;
  }
}

}  // namespace
}  // namespace tcptable::test
