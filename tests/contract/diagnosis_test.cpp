// SPDX-License-Identifier: MIT
// What diagnose() says to real processes: with fewer rights, in other namespaces, under a /proc that hides,
// and without one.
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <gtest/gtest.h>
#include <tcptable/tcptable.hpp>

#include <filesystem>
#include <string>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/closing.hpp"
#include "support/fd.hpp"
#include "support/privileges.hpp"

namespace tcptable::test {
namespace {

Finding finding(Check check) {
  return diagnose().at(static_cast<std::size_t>(check));
}

// "limited not held"
std::string said_of(Check check) {
  const Finding found = finding(check);
  return std::string(to_string(found.verdict)) + (found.fact.empty() ? "" : " " + found.fact);
}

// What a child finds, once `prepare` has changed its place; a failure to prepare is the reason to skip.
struct Place {
  std::function<void()> prepare;
  std::function<std::string()> look;
};

std::string report_from(const Place& place) {
  const Child child([&]() -> std::string {
    try {
      place.prepare();
    } catch (const std::exception& failure) {
      return std::string("SKIP: ") + failure.what();
    }
    return place.look();
  });
  return child.report();
}

#define EXPECT_REPORT(place, expected)                        \
  do {                                                        \
    const std::string report = report_from(place);            \
    if (report.starts_with("SKIP: ")) GTEST_SKIP() << report; \
    EXPECT_EQ(report, expected);                              \
  } while (false)

TEST(Diagnose, AnswersTheSameTwice) {
  const auto one = diagnose();
  const auto other = diagnose();
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].verdict, other[i].verdict) << to_string(one[i].check);
    EXPECT_EQ(one[i].fact, other[i].fact) << to_string(one[i].check);
  }
}

TEST(Diagnose, TheKernelThatAnswersDumpsHasSockDiag) {
  Query query;
  query.owners = false;
  const auto snapshot = take_snapshot(query);
  ASSERT_TRUE(snapshot);
  if (snapshot->backend_name() != "sock_diag") GTEST_SKIP() << "SKIP: no sock_diag here";
  EXPECT_EQ(said_of(Check::tcp_diag), "ok");
}

TEST(Diagnose, TellsWhetherTheKernelCanClose) {
  if (said_of(Check::tcp_diag) != "ok") GTEST_SKIP() << "SKIP: needs tcp_diag, by which sockets are closed";
  EXPECT_EQ(said_of(Check::socket_destroy), reason_against_closing() ? "no" : "ok");
}

TEST(Diagnose, WithoutTypeInformationBpfIsNotSupportedAndSockDiagServes) {
  if (std::filesystem::exists("/sys/kernel/btf/vmlinux"))
    GTEST_SKIP() << "SKIP: needs a kernel without BTF: this kernel has it";
  EXPECT_EQ(said_of(Check::btf), "limited");
  EXPECT_EQ(said_of(Check::bpf_programs), "limited");
  const auto snapshot = take_snapshot({});
  ASSERT_TRUE(snapshot) << to_string(snapshot.error());
  EXPECT_EQ(snapshot->backend_name(), "sock_diag");
  EXPECT_EQ(snapshot->owner_source(), "proc");
  const ForcedBackend forced("bpf");
  const auto refused = count_sockets({});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::not_supported);
}

TEST(Diagnose, NobodyHoldsNoCapabilities) {
  if (!may_become_nobody()) GTEST_SKIP() << "SKIP: needs root, to become another user";
  const Place place{[] { become_nobody(); },
                    [] {
                      return said_of(Check::cap_net_admin) + ", " + said_of(Check::cap_sys_ptrace) +
                             ", bpf " + std::string(to_string(finding(Check::bpf_programs).verdict));
                    }};
  EXPECT_REPORT(place, "limited not held, limited not held, bpf limited");
}

TEST(Diagnose, InAUserNamespaceCapabilitiesReachNoFurther) {
  const std::string only = " held in this user namespace only";
  const Place place{[] { check(::unshare(CLONE_NEWUSER), "unshare(CLONE_NEWUSER)"); },
                    [&only] {
                      const std::string network = said_of(Check::cap_net_admin);
                      // A network namespace that isn't known to be the machine's may belong to it.
                      const bool is_known = said_of(Check::net_namespace) == "ok";
                      const bool is_right = network == (is_known ? "limited" : "unknown") + only;
                      return said_of(Check::user_namespace) + ", " + said_of(Check::cap_sys_ptrace) + ", " +
                             (is_right ? "right" : network);
                    }};
  EXPECT_REPORT(place, "limited, limited" + only + ", right");
}

TEST(Diagnose, ANetworkNamespaceOfItsOwnIsNotTheMachines) {
  const Place place{[] { check(::unshare(CLONE_NEWNET), "unshare(CLONE_NEWNET)"); },
                    [] { return said_of(Check::net_namespace); }};
  const std::string report = report_from(place);
  if (report.starts_with("SKIP: ")) GTEST_SKIP() << report;
  EXPECT_TRUE(report == "limited" || report == "unknown") << report;
  EXPECT_NE(report, "ok");
}

void own_mounts() {
  check(::unshare(CLONE_NEWNS), "unshare(CLONE_NEWNS)");
  check(::mount("none", "/proc", nullptr, MS_PRIVATE, nullptr), "making /proc private");
}

TEST(Diagnose, HiddenProcessesAreLimitedForThoseThatMayNotSeeThem) {
  if (!may_become_nobody()) GTEST_SKIP() << "SKIP: needs root, to become another user";
  const Place place{[] {
                      own_mounts();
                      check(::mount("proc", "/proc", "proc", 0, "hidepid=2"), "mounting /proc with hidepid");
                    },
                    [] {
                      const std::string as_root = said_of(Check::hidepid);
                      become_nobody();
                      return as_root + ", " + said_of(Check::hidepid);
                    }};
  EXPECT_REPORT(place, "ok invisible, limited invisible");
}

TEST(Diagnose, WithoutProcThereAreNoOwners) {
  const Place place{[] {
                      own_mounts();
                      check(::mount("none", "/proc", "tmpfs", 0, nullptr), "covering /proc");
                    },
                    [] { return said_of(Check::proc) + ", " + said_of(Check::cap_bpf); }};
  EXPECT_REPORT(place, "no, unknown");
}

}  // namespace
}  // namespace tcptable::test
