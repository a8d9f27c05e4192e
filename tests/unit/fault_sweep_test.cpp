// SPDX-License-Identifier: MIT
// Each system call of a snapshot fails in turn with each plausible errno: no crash, no descriptor lost, and
// an error or a snapshot that is right or says what it lacks.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "api/take_snapshot.hpp"
#include "support/fault_kernel.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace tcptable::test {
namespace {

constexpr std::array kErrors{EINTR,  ENOMEM, EMFILE, ENFILE, EPERM,  EACCES,
                             ENOENT, ESRCH,  EAGAIN, EIO,    ENOBUFS};

// A /proc that has this process alone, as process 1: every snapshot makes the same calls.
class SmallProc {
 public:
  SmallProc() {
    std::filesystem::create_symlink("/proc/" + std::to_string(::getpid()), directory_.path() / "1");
  }
  std::string path() const { return directory_.path(); }

 private:
  TemporaryDirectory directory_;
};

class FaultSweep : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (const auto reason = enter_small_network_namespace()) GTEST_SKIP() << *reason;
    kernel_.redirect("/proc", proc_.path());
    for (const Family family : {Family::ipv4, Family::ipv6}) {
      listeners_.push_back(listen_on(loopback(family)));
      connections_.push_back(make_connection(listeners_.back()));
    }
  }

  static Result<Snapshot> snapshot_by(sys::Kernel& kernel) {
    Query query;
    query.udp = query.cgroups = query.tcp_info = true;
    query.filter.port = PortRange{};
    return api::take_snapshot(kernel, query, GetParam());
  }

  Result<Snapshot> snapshot() { return snapshot_by(kernel_); }

  // Which of the sockets a snapshot has, by inode.
  static std::vector<std::uint32_t> inodes(const Snapshot& snapshot) {
    std::vector<std::uint32_t> result;
    for (const SocketRow& row : snapshot.rows()) result.push_back(row.inode);
    std::sort(result.begin(), result.end());
    return result;
  }

  // Lack of permission, and a thing that isn't there, are told by the row; every other failure by an error.
  static void expect_right_or_marked(const Snapshot& snapshot, int error) {
    for (const SocketRow& row : snapshot.rows()) {
      if (row.owner_status == OwnerStatus::known) {
        EXPECT_EQ(snapshot.owner(row)->pid, ::getpid());
      } else {
        EXPECT_EQ(snapshot.owner(row), nullptr);
        const bool is_refusal = error == EPERM || error == EACCES;
        EXPECT_TRUE(is_refusal || error == ENOENT || error == ESRCH) << to_string(row.owner_status);
        EXPECT_TRUE(!is_refusal || row.owner_status == OwnerStatus::not_permitted)
            << to_string(row.owner_status);
      }
      if (row.owner_status == OwnerStatus::not_permitted) {
        EXPECT_FALSE(snapshot.completeness().owners);
        EXPECT_GT(snapshot.completeness().unreadable_processes, 0U);
      }
    }
  }

  // Takes a snapshot for each call that a sound one makes, after `arm` has broken that call.
  void sweep(int error, const std::function<void(int)>& arm) {
    kernel_.fail_nth(0, 0);
    const auto sound = snapshot();
    ASSERT_TRUE(sound) << to_string(sound.error());
    ASSERT_EQ(sound->rows().size(), 6U);
    expect_right_or_marked(*sound, 0);
    const int calls = kernel_.calls();
    ASSERT_GT(calls, 20);
    for (int nth = 1; nth <= calls; ++nth) {
      SCOPED_TRACE(std::string(strerrorname_np(error)) + " in call " + std::to_string(nth));
      arm(nth);
      const auto got = snapshot();
      EXPECT_EQ(kernel_.open_descriptors(), 0U);
      EXPECT_FALSE(kernel_.closed_twice());
      if (!got) continue;
      // A kernel without IPv6 has no such table: the one thing whose absence is an answer.
      if (error != ENOENT) {
        EXPECT_EQ(inodes(*got), inodes(*sound));
      }
      expect_right_or_marked(*got, error);
    }
  }

  SmallProc proc_;
  FaultKernel kernel_{sys::real_kernel()};
  std::vector<Fd> listeners_;
  std::vector<Connection> connections_;
};

std::string backend_name(const ::testing::TestParamInfo<const char*>& info) {
  return info.param[0] == '\0' ? "any" : info.param;
}

INSTANTIATE_TEST_SUITE_P(Backend, FaultSweep, ::testing::Values("sock_diag", "procfs", ""), backend_name);

TEST_P(FaultSweep, EachCallFailsOnceWithEachErrno) {
  for (const int error : kErrors) {
    sweep(error, [&](int nth) { kernel_.fail_nth(nth, error); });
  }
}

// Files that are read in pieces, and texts and datagrams that are cut. The owner is told by all of a text.
TEST_P(FaultSweep, EachTransferIsShort) {
  kernel_.shorten_nth(0, 0);
  const auto sound = snapshot();
  ASSERT_TRUE(sound);
  const std::uint64_t start_time = sound->owner(sound->rows().front())->start_time;
  const int transfers = kernel_.transfers();
  ASSERT_GT(transfers, 8);
  for (int nth = 1; nth <= transfers; ++nth) {
    for (std::size_t size = 1; size < 400; size += 1 + size / 30) {
      SCOPED_TRACE("transfer " + std::to_string(nth) + " of " + std::to_string(size) + " bytes");
      kernel_.shorten_nth(nth, size);
      const auto got = snapshot();
      EXPECT_EQ(kernel_.open_descriptors(), 0U);
      if (!got) continue;
      EXPECT_EQ(inodes(*got), inodes(*sound));
      expect_right_or_marked(*got, 0);
      for (const SocketRow& row : got->rows()) {
        const Process* owner = got->owner(row);
        EXPECT_TRUE(owner == nullptr || owner->start_time == start_time);
      }
    }
  }
}

// What a second try would mend stays broken. EINTR for ever is left out: no kernel does that.
TEST_P(FaultSweep, FromEachCallOnAllFailWithEachErrno) {
  for (const int error : kErrors) {
    if (error == EINTR) continue;
    sweep(error, [&](int nth) { kernel_.fail_from(nth, error); });
  }
}

// Here the walk goes on, and its second try fails in the same place.
TEST_P(FaultSweep, EachFileOfAProcessFailsWithEachErrno) {
  for (const char* path : {"1", "fd", "task", "stat", "0", "3"}) {
    for (const int error : kErrors) {
      if (error == EINTR) continue;
      SCOPED_TRACE(std::string(strerrorname_np(error)) + " at " + path);
      FaultKernel kernel(static_cast<sys::Kernel&>(kernel_));
      kernel.fail_path(path, error);
      const auto got = snapshot_by(kernel);
      EXPECT_EQ(kernel.open_descriptors(), 0U);
      if (got) expect_right_or_marked(*got, error);
    }
  }
}

TEST_P(FaultSweep, ASnapshotWhoseOwnersCannotBeFoundAgainHasNone) {
  const auto sound = snapshot();
  ASSERT_TRUE(sound);
  Snapshot::Parts parts;
  parts.backend = sound->backend_name();
  parts.owner_source = sound->owner_source();
  parts.rows.assign(sound->rows().begin(), sound->rows().end());
  parts.bpf_allowed = false;  // by then the programs may have been loaded, which open nothing
  api::Scratch scratch;
  ASSERT_TRUE(api::find_owners(kernel_, parts, scratch));
  ASSERT_FALSE(parts.processes.empty());
  kernel_.fail_call("openat", EIO);
  EXPECT_FALSE(api::find_owners(kernel_, parts, scratch));
  EXPECT_TRUE(parts.processes.empty());
  for (const SocketRow& row : parts.rows) {
    EXPECT_EQ(to_string(row.owner_status), "not_requested");
    EXPECT_EQ(row.holder_count, 0U);
  }
}

TEST_P(FaultSweep, AnInterruptedCallIsRepeatedWhereTheKernelInterrupts) {
  for (const char* call : {"send", "recvmsg", "openat", "getdents64", "read"}) {
    kernel_.fail_nth(0, 0);
    SCOPED_TRACE(call);
    kernel_.interrupt_first(call);
    const auto got = snapshot();
    ASSERT_TRUE(got) << to_string(got.error());
    expect_right_or_marked(*got, 0);
  }
}

}  // namespace
}  // namespace tcptable::test
