// SPDX-License-Identifier: MIT
// Owners by BPF, where the walks themselves are short of something.
#include <gtest/gtest.h>

#include <cerrno>
#include <vector>

#include "owner/holder_walk.hpp"
#include "unit/failing_walks.hpp"
#include "unit/rows.hpp"

namespace tcptable::test {
namespace {

constexpr std::uint32_t kSockets = 10'000;  // worth several readers

// One process holds every socket, and there is one descriptor for readers.
class WalksForOne final : public FailingWalks {
 public:
  explicit WalksForOne(int error) : error_(error) {}

  unsigned most_at_once() const override { return 4; }
  Result<bool> walk_descriptors(const sys::DescriptorWalk& walk, const HeldSink& sink) override {
    if (walk.share > 0) return tl::unexpected(Error{Errc::io, Step::run_bpf, error_});
    const tcptable_process process{100, "holder", 7, 0};
    for (std::uint64_t socket = 1; socket <= kSockets; ++socket) {
      if (socket % walk.shares != 0) continue;
      const tcptable_held held{socket, 0, 0, 0};
      sink({std::span(&process, 1), std::span(&held, 1)});
    }
    return true;
  }

 private:
  int error_;
};

class BpfWalk : public ::testing::Test {
 protected:
  BpfWalk() {
    for (std::uint32_t i = 1; i <= kSockets; ++i)
      rows_.push_back(make_row(State::established, ends("127.0.0.1", 80, "127.0.0.2", 9), i, i));
  }

  Result<owner::WalkView> walk(sys::SocketWalks& walks) {
    const owner::OwnedRows owned{rows_, processes_, holders_, owner::Identity::cookie, row_keys_, open_};
    owner::list_open(owned);
    return owner::walk_by_bpf(sys::real_kernel(), walks)->assign(owned);
  }

  std::vector<SocketRow> rows_;
  std::vector<Process> processes_;
  std::vector<std::uint32_t> holders_;
  std::vector<RowKey> row_keys_;
  std::vector<std::uint32_t> open_;
};

TEST_F(BpfWalk, IsOneReadersWhereSeveralHaveTooFewDescriptors) {
  WalksForOne walks(EMFILE);
  const auto view = walk(walks);
  ASSERT_TRUE(view) << to_string(view.error());
  EXPECT_TRUE(view->all);
  for (const SocketRow& row : rows_) ASSERT_EQ(row.owner_status, OwnerStatus::known) << row.inode;
}

TEST_F(BpfWalk, FailsWhereSeveralReadersFailOtherwise) {
  WalksForOne walks(EPERM);
  const auto view = walk(walks);
  ASSERT_FALSE(view);
  EXPECT_EQ(view.error().sys_errno, EPERM);
}

}  // namespace
}  // namespace tcptable::test
