// SPDX-License-Identifier: MIT
// Callers without privilege, without descriptors, in crowds, or with nonsense: a right answer, an error, or a
// snapshot that says what it lacks.
#include <linux/capability.h>
#include <sched.h>
#include <sys/resource.h>

#include <thread>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/privileges.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

class Limits : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, Limits, ::testing::Values("bpf", "sock_diag", "procfs"), backend_of);

std::string status_text(const Snapshot& snapshot, const Endpoint& local) {
  const SocketRow* row = find_row(snapshot, local, nowhere(local.family));
  if (row == nullptr) return "no row";
  const Process* owner = snapshot.owner(*row);
  return std::string(to_string(row->owner_status)) +
         (owner != nullptr && owner->pid == ::getpid() ? ", mine" : "");
}

TEST_P(Limits, AQueryForNoProtocolOrNoFamilyIsInvalid) {
  Query no_protocol;
  no_protocol.tcp = false;
  Query no_family;
  no_family.ipv4 = no_family.ipv6 = false;
  for (const Query& query : {no_protocol, no_family}) {
    const auto snapshot = take_snapshot(query);
    ASSERT_FALSE(snapshot);
    EXPECT_EQ(snapshot.error().code, Errc::invalid_argument);
  }
}

TEST_P(Limits, AnUnprivilegedUserSeesHisOwnAndIsToldOfTheRest) {
  if (!may_become_nobody()) GTEST_SKIP() << "needs root of a user namespace that has user 65534";
  Fd roots = listen_on(loopback(Family::ipv4));
  const Endpoint roots_local = local_endpoint(roots.get());
  const Child nobody([&]() -> std::string {
    roots.reset();
    become_nobody();
    const Fd own = listen_on(loopback(Family::ipv4));
    const Snapshot snapshot = snapshot_of(everything());
    const Completeness& completeness = snapshot.completeness();
    return "own: " + status_text(snapshot, local_endpoint(own.get())) +
           "; root's: " + status_text(snapshot, roots_local) +
           (completeness.owners ? "; complete" : "; partial") +
           (completeness.rows ? ", all rows" : ", rows missing") +
           (completeness.unreadable_processes > 0 ? ", unreadable processes" : "");
  });
  EXPECT_EQ(nobody.report(),
            GetParam() == std::string("bpf")
                ? "loading the BPF programs: not permitted (EPERM)"
                : "own: known, mine; root's: not_permitted; partial, all rows, unreadable processes");
}

rlimit limits_of_descriptors() {
  rlimit limit{};
  check(::getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  return limit;
}

void limit_descriptors(rlim_t count) {
  rlimit limit = limits_of_descriptors();
  limit.rlim_cur = count;
  check(::setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

// Leaves the process `count` descriptors that it can still open.
void leave_free_descriptors(rlim_t count) {
  const Fd lowest_free(check(::dup(0), "dup"));
  limit_descriptors(static_cast<rlim_t>(lowest_free.get()) + count);
}

// "error", or what the snapshot says of the listener.
std::string outcome_with_free_descriptors(rlim_t count, const Endpoint& local) {
  const Query query = what_can_be_listed(everything());
  if (!take_snapshot(query)) return "no snapshot at all";  // a sanitizer's checks want descriptors once
  leave_free_descriptors(count);
  const auto snapshot = take_snapshot(query);
  if (!snapshot) return "error";
  return status_text(*snapshot, local);
}

TEST_P(Limits, TooFewDescriptorsAreAnErrorAndNotAPartialSuccess) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  constexpr rlim_t kEnough = 8;
  std::string poorest;
  for (rlim_t count = 0; count < kEnough; ++count) {
    SCOPED_TRACE(count);
    const Child poor([&] { return outcome_with_free_descriptors(count, local); });
    EXPECT_TRUE(poor.report() == "error" || poor.report() == "known") << poor.report();
    poorest = poorest.empty() ? poor.report() : poorest;
  }
  EXPECT_EQ(poorest, "error");
  const Child rich([&] { return outcome_with_free_descriptors(kEnough, local); });
  EXPECT_EQ(rich.report(), "known");
}

// What has changed for a process that was without free descriptors for a moment, again and again.
std::string change_by_droughts(const Endpoint& local) {
  const auto outcome = [&] { return status_text(snapshot_of(everything()), local); };
  const auto lowest_free = [] { return Fd(check(::dup(0), "dup")).get(); };
  const std::string before = outcome();
  const int free_before = lowest_free();
  for (int i = 0; i < 3; ++i) {
    const rlim_t usual = limits_of_descriptors().rlim_cur;
    leave_free_descriptors(0);
    if (take_snapshot(what_can_be_listed(everything()))) return "a snapshot without a descriptor";
    limit_descriptors(usual);
    if (const std::string after = outcome(); after != before) return before + ", then " + after;
  }
  return lowest_free() == free_before ? "" : "descriptors are lost";
}

TEST_P(Limits, AMomentWithoutFreeDescriptorsIsForgotten) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  EXPECT_EQ(Child([&] { return change_by_droughts(local); }).report(), "");
}

TEST_P(Limits, AMomentWithoutFreeDescriptorsIsForgottenWhereNothingCanBeLoadedAnew) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  const Child child([&]() -> std::string {
    if (!take_snapshot(what_can_be_listed(everything()))) return "no snapshot at all";
    drop_capabilities({CAP_BPF, CAP_SYS_ADMIN});
    return change_by_droughts(local);
  });
  EXPECT_EQ(child.report(), "");
}

TEST_P(Limits, SixteenThreadsAtOnceSeeTheSame) {
  const Fd listener = listen_on(loopback(Family::ipv6));
  const Connection connection = make_connection(listener);
  const auto expected = describe_rows(snapshot_of(everything()));
  std::vector<std::vector<std::string>> seen(16);
  std::vector<std::thread> threads;
  for (auto& lines : seen) {
    threads.emplace_back([&lines] {
      const auto snapshot = take_snapshot(what_can_be_listed(everything()));
      if (snapshot) lines = describe_rows(*snapshot);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& lines : seen) EXPECT_EQ(lines, expected);
}

TEST_P(Limits, AThreadInAnotherNetworkNamespaceSeesThatOnesSockets) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  std::size_t seen = SIZE_MAX;
  std::string failure;
  std::thread([&] {
    if (::unshare(CLONE_NEWNET) != 0) {
      failure = "needs CAP_SYS_ADMIN to make a network namespace";
      return;
    }
    const auto snapshot = take_snapshot(what_can_be_listed(everything()));
    if (snapshot) seen = snapshot->rows().size();
  }).join();
  if (!failure.empty()) GTEST_SKIP() << failure;
  EXPECT_EQ(seen, 0U);
}

using Choice = InOwnNamespace;

TEST_F(Choice, WithoutForceTheBestBackendAnswers) {
  EXPECT_EQ(snapshot_of(everything()).backend_name(), "sock_diag");
}

TEST_F(Choice, AnUnknownBackendNameIsInvalid) {
  const ForcedBackend forced("magic");
  const auto snapshot = take_snapshot(everything());
  ASSERT_FALSE(snapshot);
  EXPECT_EQ(snapshot.error().code, Errc::invalid_argument);
  EXPECT_EQ(snapshot.error().step, Step::choose_backend);
}

TEST_F(Choice, AnEmptyBackendNameForcesNothing) {
  const ForcedBackend forced("");
  EXPECT_EQ(snapshot_of(everything()).backend_name(), "sock_diag");
}

}  // namespace
}  // namespace tcptable::test
