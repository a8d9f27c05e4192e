// SPDX-License-Identifier: MIT
// Which backend answers: only a failed probe may step down, and a forced one is used or the call fails.
#include <gtest/gtest.h>

#include <fstream>

#include "api/take_snapshot.hpp"
#include "backend/backend.hpp"
#include "backend/bound_sockets.hpp"
#include "support/fault_kernel.hpp"
#include "support/temporary_directory.hpp"
#include "unit/failing_walks.hpp"

namespace tcptable::test {
namespace {

using backend::choose_backend;

class Registry : public ::testing::Test {
 protected:
  // The name of the backend that is chosen, or the error's text.
  std::string chosen(const std::string& forced = "") {
    const auto backend = choose_backend(kernel_, Query(), forced);
    return backend ? std::string((*backend)->name) : to_string(backend.error());
  }

  FaultKernel kernel_{sys::real_kernel()};
};

TEST_F(Registry, SockDiagComesFirst) {
  EXPECT_EQ(chosen(), "sock_diag");
}

TEST_F(Registry, AKernelWithoutNetlinkStepsDownToProcfs) {
  for (const int error : {EPERM, EACCES, EPROTONOSUPPORT, EAFNOSUPPORT}) {
    kernel_.fail_call("socket", error);
    EXPECT_EQ(chosen(), "procfs") << error;
  }
}

TEST_F(Registry, AProbeThatFailsForLackOfResourcesIsAnError) {
  for (const int error : {ENOMEM, EMFILE, ENFILE, ENOBUFS}) {
    kernel_.fail_call("socket", error);
    const auto backend = choose_backend(kernel_, Query(), "");
    ASSERT_FALSE(backend) << error;
    EXPECT_EQ(backend.error().sys_errno, error);
  }
}

TEST_F(Registry, WithoutAnyBackendTheLastReasonIsTheError) {
  kernel_.fail_call("socket", EPERM);
  kernel_.fail_path("/net", ENOENT);
  const auto backend = choose_backend(kernel_, Query(), "");
  ASSERT_FALSE(backend);
  EXPECT_EQ(backend.error(), (Error{Errc::not_supported, Step::read_net_table, ENOENT}));
}

TEST_F(Registry, AForcedBackendIsTaken) {
  EXPECT_EQ(chosen("procfs"), "procfs");
  EXPECT_EQ(chosen("sock_diag"), "sock_diag");
}

TEST_F(Registry, AForcedNameThatIsUnknownIsInvalid) {
  for (const char* name : {"sock", "sock_diagx", "SOCK_DIAG", " procfs", "bpf2"}) {
    const auto backend = choose_backend(kernel_, Query(), name);
    ASSERT_FALSE(backend) << name;
    EXPECT_EQ(backend.error(), (Error{Errc::invalid_argument, Step::choose_backend, 0}));
  }
}

TEST_F(Registry, AForcedBackendThatCannotAnswerIsAnErrorAndNoStepDown) {
  kernel_.fail_call("socket", EPERM);
  const auto backend = choose_backend(kernel_, Query(), "sock_diag");
  ASSERT_FALSE(backend);
  EXPECT_EQ(backend.error(), (Error{Errc::not_permitted, Step::open_netlink, EPERM}));
}

// The probe's socket can be made, and that of the dump behind it can not.
TEST_F(Registry, AFailureInTheMiddleIsReturned) {
  Query query;
  query.owners = false;
  for (const int error : {EPERM, ENOENT, ENOMEM}) {
    FaultKernel kernel(sys::real_kernel());
    kernel.run_before("socket", 2, [&] { kernel.fail_call("socket", error); });
    const auto snapshot = api::take_snapshot(kernel, query, "");
    ASSERT_FALSE(snapshot);
    EXPECT_EQ(snapshot.error().sys_errno, error);
    EXPECT_EQ(snapshot.error().step, Step::open_netlink);
  }
}

TEST_F(Registry, BoundSocketsAreListedFromLinux68On) {
  for (const char* release : {"6.8.0-31-generic", "6.8", "6.18.44", "7.3.4+deb13-cloud-amd64", "10.0"}) {
    EXPECT_TRUE(backend::lists_bound_sockets(release)) << release;
  }
  for (const char* release : {"6.7.12", "5.10.0-30-amd64", "4.19", "6", "6.", "", "x.y", "68"}) {
    EXPECT_FALSE(backend::lists_bound_sockets(release)) << release;
  }
}

TEST_F(Registry, AKernelThatCannotListBoundSocketsSaysSo) {
  const TemporaryDirectory directory;
  const std::string old_release = directory.path() / "osrelease";
  std::ofstream(old_release) << "6.1.0-26-amd64\n";
  kernel_.redirect("/proc/sys/kernel/osrelease", old_release);
  Query query;
  query.states = {State::bound};
  for (const char* forced : {"", "sock_diag", "procfs"}) {
    const auto backend = choose_backend(kernel_, query, forced);
    ASSERT_FALSE(backend) << forced;
    EXPECT_EQ(backend.error().code, Errc::not_supported);
  }
}

TEST_F(Registry, AMissingIpv6TableIsNoIpv6Socket) {
  for (const char* table : {"tcp6", "udp6", "if_inet6"}) kernel_.fail_path(table, ENOENT);
  Query query;
  query.owners = false;
  query.udp = true;
  const auto snapshot = api::take_snapshot(kernel_, query, "procfs");
  ASSERT_TRUE(snapshot);
  for (const SocketRow& row : snapshot->rows()) EXPECT_EQ(row.local.family, Family::ipv4);
}

TEST_F(Registry, AnIpv4TableThatIsMissingIsAnError) {
  kernel_.fail_path("udp", ENOENT);
  Query query;
  query.udp = true;
  const auto snapshot = api::take_snapshot(kernel_, query, "procfs");
  ASSERT_FALSE(snapshot);
  EXPECT_EQ(snapshot.error(), (Error{Errc::not_supported, Step::read_net_table, ENOENT}));
}

TEST_F(Registry, ATableThatMayNotBeReadIsAnError) {
  kernel_.fail_path("tcp6", EACCES);
  const auto snapshot = api::take_snapshot(kernel_, Query(), "procfs");
  ASSERT_FALSE(snapshot);
  EXPECT_EQ(snapshot.error(), (Error{Errc::not_permitted, Step::read_net_table, EACCES}));
}

class FailingBpf : public ::testing::Test {
 protected:
  FailingBpf() {
    query_.cookies = false;
    kernel_.use_walks(walks_);
  }

  FailingWalks walks_;
  FaultKernel kernel_{sys::real_kernel()};
  Query query_;
};

TEST_F(FailingBpf, StepsDownToTheKernelsDumpAndTheSnapshotSaysSo) {
  const auto snapshot = api::take_snapshot(kernel_, query_, "");
  ASSERT_TRUE(snapshot) << to_string(snapshot.error());
  EXPECT_EQ(snapshot->backend_name(), "sock_diag");
  EXPECT_EQ(snapshot->owner_source(), "proc");
  EXPECT_TRUE(api::count_sockets(kernel_, query_, ""));
}

TEST_F(FailingBpf, IsAnErrorWhereItWasForced) {
  const auto snapshot = api::take_snapshot(kernel_, query_, "bpf");
  ASSERT_FALSE(snapshot);
  EXPECT_EQ(snapshot.error().step, Step::run_bpf);
}

}  // namespace
}  // namespace tcptable::test
