// SPDX-License-Identifier: MIT
// The closing line, word by word.
#include "tcptable/list/summary.hpp"

#include <gtest/gtest.h>

#include <string>

#include "cli/made_snapshot.hpp"
#include "support/sockets.hpp"

namespace {

using namespace tcptable::test;
using tcptable::OwnerStatus;
using tool::Viewer;

std::string line_of(const MadeSnapshot& made, Viewer viewer = Viewer::user) {
  const auto snapshot = made.snapshot();
  return tool::closing_line(all_rows(snapshot), snapshot.completeness(), viewer);
}

bool is_partial(const MadeSnapshot& made) {
  const auto snapshot = made.snapshot();
  return tool::is_partial(all_rows(snapshot), snapshot.completeness());
}

MadeSnapshot with(std::initializer_list<OwnerStatus> statuses) {
  MadeSnapshot made;
  made.add(listener("0.0.0.0", 22), {"sshd"});
  for (const OwnerStatus status : statuses) made.add_ownerless(listener("0.0.0.0", 80), status);
  return made;
}

TEST(ClosingLine, IsEmptyWhenEverySocketHasItsOwner) {
  EXPECT_EQ(line_of(with({})), "");
  EXPECT_EQ(line_of(MadeSnapshot()), "");
}

TEST(ClosingLine, CountsTimeWaitWithoutAdvice) {
  EXPECT_EQ(line_of(with({OwnerStatus::time_wait})), "1 of 2 sockets has no owner: 1 time_wait\n");
}

TEST(ClosingLine, AdvisesRootToThoseWhoAreNot) {
  const auto made = with({OwnerStatus::not_permitted, OwnerStatus::time_wait, OwnerStatus::not_permitted});
  EXPECT_EQ(line_of(made),
            "3 of 4 sockets have no owner: 1 time_wait, 2 not permitted; run as root to see them\n");
  EXPECT_EQ(line_of(made, Viewer::root),
            "3 of 4 sockets have no owner: 1 time_wait, 2 not permitted; "
            "root needs CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH to see them\n");
  EXPECT_EQ(line_of(made, Viewer::capable),
            "3 of 4 sockets have no owner: 1 time_wait, 2 not permitted; "
            "hidden even from CAP_SYS_PTRACE: by a security module, an outer user namespace or no /proc\n");
}

TEST(ClosingLine, CountsEveryReason) {
  EXPECT_EQ(
      line_of(with({OwnerStatus::time_wait, OwnerStatus::orphaned, OwnerStatus::kernel, OwnerStatus::exited,
                    OwnerStatus::ambiguous, OwnerStatus::other_pid_namespace, OwnerStatus::not_requested})),
      "7 of 8 sockets have no owner: 1 not asked for, 1 time_wait, 1 closed by their process, "
      "1 held by the kernel alone, 1 closed meanwhile, 1 waiting for one of several listeners, "
      "1 in another pid namespace; run in the host's pid namespace to see them\n");
}

TEST(ClosingLine, CountsNamespacesThatCouldNotBeEntered) {
  tcptable::Completeness completeness;
  completeness.namespaces_not_entered = 3;
  EXPECT_EQ(tool::closing_line({}, completeness, Viewer::capable),
            "3 network namespaces could not be entered\n");
  EXPECT_TRUE(tool::is_partial({}, completeness));
  completeness.namespaces_not_entered = 1;
  EXPECT_EQ(tool::closing_line({}, completeness, Viewer::capable),
            "1 network namespace could not be entered\n");
}

TEST(ClosingLine, CountsProcessesWhoseNamespaceIsNotKnown) {
  tcptable::Completeness completeness;
  completeness.processes_of_unknown_namespace = 110;
  EXPECT_EQ(tool::closing_line({}, completeness, Viewer::user),
            "the network namespace of 110 processes could not be read\n");
  EXPECT_TRUE(tool::is_partial({}, completeness));
}

TEST(ClosingLine, SaysWhenRowsMayBeMissing) {
  MadeSnapshot made = with({});
  made.completeness().rows = false;
  EXPECT_EQ(line_of(made), "the table changed while it was read, rows may be missing\n");
}

TEST(Partial, MeansThatSomethingIsThereAndWasNotSeen) {
  EXPECT_FALSE(is_partial(with({OwnerStatus::time_wait, OwnerStatus::orphaned, OwnerStatus::kernel,
                                OwnerStatus::exited, OwnerStatus::ambiguous})));
  EXPECT_TRUE(is_partial(with({OwnerStatus::not_permitted})));
  EXPECT_TRUE(is_partial(with({OwnerStatus::other_pid_namespace})));
  MadeSnapshot moved = with({});
  moved.completeness().rows = false;
  EXPECT_TRUE(is_partial(moved));
}

}  // namespace
