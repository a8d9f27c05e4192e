// SPDX-License-Identifier: MIT
// From holdings to owners: who is blamed, and when nobody is.
#include "owner/attribution.hpp"

#include <gtest/gtest.h>

#include "unit/rows.hpp"

namespace tcptable::test {
namespace {

using owner::assign_holders;
using owner::assign_unaccepted;
using owner::FdWalk;

// Rows with the lists that attribution fills.
class Attribution : public ::testing::Test {
 protected:
  owner::OwnedRows owned() {
    const owner::OwnedRows all{rows_, processes_, holders_, owner::Identity::inode, row_keys_, open_};
    owner::list_open(all);
    return all;
  }

  // Attributes as if the walk had found these (inode, process) pairs.
  void attribute(const std::vector<Process>& processes,
                 const std::vector<std::pair<std::uint32_t, std::uint32_t>>& held) {
    owner::WantedSockets wanted;
    owner::list_wanted(owned(), owner::Identity::inode, 1, wanted);
    FdWalk walk;
    walk.processes = processes;
    for (const auto& [inode, process] : held) walk.holdings.push_back({wanted.index.find(inode), process});
    owner::JoinMemory memory;
    assign_holders(owned(), wanted, walk, memory);
  }

  std::vector<std::int32_t> holders(const SocketRow& row) const {
    std::vector<std::int32_t> pids;
    for (std::uint32_t i = 0; i < row.holder_count; ++i) {
      pids.push_back(processes_[holders_[row.first_holder + i]].pid);
    }
    return pids;
  }

  std::vector<SocketRow> rows_;
  std::vector<Process> processes_;
  std::vector<std::uint32_t> holders_;
  std::vector<RowKey> row_keys_;
  std::vector<std::uint32_t> open_;
};

using Pids = std::vector<std::int32_t>;

SocketRow waiting(const std::string& local, std::uint16_t port) {
  return make_row(State::established, ends(local, port, local, 50000), 99, 0);
}

TEST_F(Attribution, TheOldestHolderComesFirst) {
  rows_ = {make_listener("0.0.0.0", 80, 7)};
  attribute({{10, 500, "young"}, {20, 100, "old"}, {30, 300, "middle"}}, {{7, 0}, {7, 1}, {7, 2}});
  EXPECT_EQ(holders(rows_[0]), (Pids{20, 30, 10}));
  EXPECT_EQ(rows_[0].owner_status, OwnerStatus::known);
}

TEST_F(Attribution, TheServiceManagerComesBehindTheService) {
  rows_ = {make_listener("0.0.0.0", 80, 7)};
  attribute({{1, 1, "systemd"}, {300, 900, "sshd"}}, {{7, 0}, {7, 1}});
  EXPECT_EQ(holders(rows_[0]), (Pids{300, 1}));
}

TEST_F(Attribution, TheServiceManagerOwnsWhatNobodyElseHolds) {
  rows_ = {make_listener("0.0.0.0", 80, 7)};
  attribute({{1, 1, "systemd"}}, {{7, 0}});
  EXPECT_EQ(holders(rows_[0]), (Pids{1}));
}

TEST_F(Attribution, AnInitThatIsNotProcessOneIsAnOrdinaryHolder) {
  rows_ = {make_listener("0.0.0.0", 80, 7)};
  attribute({{50, 1, "init"}, {300, 900, "sshd"}}, {{7, 0}, {7, 1}});
  EXPECT_EQ(holders(rows_[0]), (Pids{50, 300}));
}

TEST_F(Attribution, OfTwoThatStartedInOneTickTheLowerPidComesFirst) {
  rows_ = {make_listener("0.0.0.0", 80, 7)};
  attribute({{31, 5, "b"}, {30, 5, "a"}}, {{7, 0}, {7, 1}});
  EXPECT_EQ(holders(rows_[0]), (Pids{30, 31}));
}

TEST_F(Attribution, AProcessThatHasASocketTwiceIsOneHolder) {
  rows_ = {make_listener("0.0.0.0", 80, 7)};
  attribute({{10, 1, "a"}, {20, 2, "b"}}, {{7, 0}, {7, 1}, {7, 0}});
  EXPECT_EQ(holders(rows_[0]), (Pids{10, 20}));
}

TEST_F(Attribution, EachSocketHasItsOwnHolders) {
  rows_ = {make_listener("0.0.0.0", 80, 7), make_listener("0.0.0.0", 81, 8), make_listener("0.0.0.0", 82, 9)};
  attribute({{10, 1, "a"}, {20, 2, "b"}}, {{9, 1}, {7, 0}});
  EXPECT_EQ(holders(rows_[0]), (Pids{10}));
  EXPECT_EQ(holders(rows_[1]), (Pids{}));
  EXPECT_EQ(holders(rows_[2]), (Pids{20}));
  EXPECT_EQ(rows_[1].owner_status, OwnerStatus::not_requested);
}

TEST_F(Attribution, ASecondWalkAddsToTheFirst) {
  rows_ = {make_listener("0.0.0.0", 80, 7), make_listener("0.0.0.0", 81, 8)};
  attribute({{10, 1, "a"}}, {{7, 0}});
  attribute({{20, 2, "b"}}, {{8, 0}});
  EXPECT_EQ(holders(rows_[0]), (Pids{10}));
  EXPECT_EQ(holders(rows_[1]), (Pids{20}));
}

TEST_F(Attribution, AnUnacceptedConnectionHasItsListenersHolders) {
  rows_ = {waiting("10.0.0.1", 80), make_listener("0.0.0.0", 80, 7), make_listener("0.0.0.0", 81, 8)};
  attribute({{10, 1, "a"}, {20, 2, "b"}, {30, 3, "c"}}, {{7, 0}, {7, 1}, {8, 2}});
  assign_unaccepted(owned());
  EXPECT_EQ(holders(rows_[0]), (Pids{10, 20}));
  EXPECT_EQ(rows_[0].owner_status, OwnerStatus::known);
}

TEST_F(Attribution, TheExactListenerComesBeforeTheWildcard) {
  rows_ = {waiting("10.0.0.1", 80), make_listener("0.0.0.0", 80, 7), make_listener("10.0.0.1", 80, 8)};
  attribute({{10, 1, "wildcard"}, {20, 2, "exact"}}, {{7, 0}, {8, 1}});
  assign_unaccepted(owned());
  EXPECT_EQ(holders(rows_[0]), (Pids{20}));
}

TEST_F(Attribution, AListenerOnAnotherInterfaceIsNotTheConnections) {
  rows_ = {waiting("fe80::1", 80), make_listener("::", 80, 7), make_listener("fe80::1", 80, 8)};
  rows_[0].interface = 3;
  rows_[2].interface = 2;
  attribute({{10, 1, "wildcard"}, {20, 2, "other interface"}}, {{7, 0}, {8, 1}});
  assign_unaccepted(owned());
  EXPECT_EQ(holders(rows_[0]), (Pids{10}));
}

TEST_F(Attribution, AListenerOnTheSameInterfaceIs) {
  rows_ = {waiting("fe80::1", 80), make_listener("fe80::1", 80, 8)};
  rows_[0].interface = 2;
  rows_[1].interface = 2;
  attribute({{20, 2, "same interface"}}, {{8, 0}});
  assign_unaccepted(owned());
  EXPECT_EQ(holders(rows_[0]), (Pids{20}));
}

TEST_F(Attribution, ListenersOfOneProcessOnOnePortAreNotAmbiguous) {
  rows_ = {waiting("10.0.0.1", 80), make_listener("0.0.0.0", 80, 7), make_listener("0.0.0.0", 80, 8)};
  attribute({{10, 1, "a"}}, {{7, 0}, {8, 0}});
  assign_unaccepted(owned());
  EXPECT_EQ(holders(rows_[0]), (Pids{10}));
}

TEST_F(Attribution, ListenersOfTwoProcessesOnOnePortAreAmbiguous) {
  rows_ = {waiting("10.0.0.1", 80), make_listener("0.0.0.0", 80, 7), make_listener("0.0.0.0", 80, 8)};
  attribute({{10, 1, "a"}, {20, 2, "b"}}, {{7, 0}, {8, 1}});
  assign_unaccepted(owned());
  EXPECT_EQ(holders(rows_[0]), (Pids{}));
  EXPECT_EQ(rows_[0].owner_status, OwnerStatus::ambiguous);
}

TEST_F(Attribution, AnUnacceptedConnectionHasItsListenersReasonToo) {
  rows_ = {waiting("10.0.0.1", 80), make_listener("0.0.0.0", 80, 7)};
  rows_[1].owner_status = OwnerStatus::not_permitted;
  assign_unaccepted(owned());
  EXPECT_EQ(rows_[0].owner_status, OwnerStatus::not_permitted);
}

TEST_F(Attribution, WithoutItsListenerAnUnacceptedConnectionHasGone) {
  rows_ = {waiting("10.0.0.1", 80), make_listener("::", 80, 7)};
  attribute({{10, 1, "a"}}, {{7, 0}});
  assign_unaccepted(owned());
  EXPECT_EQ(rows_[0].owner_status, OwnerStatus::exited);
}

}  // namespace
}  // namespace tcptable::test
