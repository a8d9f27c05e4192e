// SPDX-License-Identifier: MIT
// The walk over descriptors by /proc, on real processes in a /proc that has only these: how it numbers
// descriptors, and where it may stop.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "owner/attribution.hpp"
#include "support/child_process.hpp"
#include "support/fault_kernel.hpp"
#include "support/fd.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace tcptable::test {
namespace {

using owner::FdWalk;
using owner::WalkOptions;
using owner::WantedSockets;

std::uint32_t inode_of(const Fd& socket) {
  struct stat status {};
  ::fstat(socket.get(), &status);
  return static_cast<std::uint32_t>(status.st_ino);
}

WantedSockets want(const std::vector<std::uint32_t>& inodes) {
  WantedSockets wanted;
  wanted.index.reset(inodes.size());
  for (const std::uint32_t inode : inodes)
    wanted.index.insert(inode, static_cast<std::uint32_t>(wanted.sockets++));
  wanted.numbers = wanted.sockets;
  return wanted;
}

// A process that inherits the test's descriptors, younger by its start time than all before it; it may open
// more.
std::unique_ptr<Child> fork_holder(int more_files = 0) {
  constexpr std::chrono::milliseconds kTwoClockTicks(20);
  std::this_thread::sleep_for(kTwoClockTicks);
  return std::make_unique<Child>([more_files] {
    for (int i = 0; i < more_files; ++i) {
      if (::open("/dev/null", O_RDONLY) < 0) return std::string("open");
    }
    return std::string();
  });
}

std::set<int> descriptors_of(pid_t pid) {
  std::set<int> numbers;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/fd"))
    numbers.insert(std::stoi(entry.path().filename()));
  return numbers;
}

// Files take all numbers between.
bool move_behind_all_others(int socket) {
  const int highest = *descriptors_of(::getpid()).rbegin();
  int file = 0;
  while (file >= 0 && file < highest) file = ::open("/dev/null", O_RDONLY);
  const int moved = ::dup(socket);
  return moved > highest && ::close(socket) == 0;
}

class DescriptorWalk : public ::testing::Test {
 protected:
  DescriptorWalk() { kernel_.redirect("/proc", proc_.path()); }

  void list(pid_t pid) {
    const std::string name = std::to_string(pid);
    std::filesystem::create_symlink("/proc/" + name, proc_.path() / name);
  }

  FdWalk walk(const WantedSockets& wanted, const WalkOptions& options = {}) {
    kernel_.fail_nth(0, 0);
    auto walked = owner::walk_descriptors(kernel_, wanted, options);
    EXPECT_TRUE(walked) << to_string(walked.error());
    return walked ? std::move(*walked) : FdWalk();
  }

  static std::set<pid_t> holders_in(const FdWalk& walk) {
    std::set<pid_t> pids;
    for (const owner::Holding& holding : walk.holdings) pids.insert(walk.processes[holding.process].pid);
    return pids;
  }

  TemporaryDirectory proc_;
  FaultKernel kernel_{sys::real_kernel()};
};

constexpr WalkOptions kOwnersAlone{owner::Tables::first_thread, 1, true};

TEST_F(DescriptorWalk, FindsASocketBehindGapsInTheNumbers) {
  list(::getpid());
  for (const int number : {100, 103, 200}) {
    SCOPED_TRACE(number);
    const Fd socket = open_socket(Family::ipv4, SOCK_STREAM);
    const Fd far(::fcntl(socket.get(), F_DUPFD_CLOEXEC, number));
    const FdWalk found = walk(want({inode_of(socket)}));
    EXPECT_EQ(found.holdings.size(), 2U) << "once by each number";
  }
}

TEST_F(DescriptorWalk, ReadsEachDescriptorOnce) {
  list(::getpid());
  std::vector<Fd> sockets;
  std::vector<std::uint32_t> inodes;
  for (int i = 0; i < 40; ++i) sockets.push_back(open_socket(Family::ipv4, SOCK_STREAM));
  for (std::size_t i = 0; i < sockets.size(); ++i) {
    if (i % 7 == 3 || i % 11 > 8) {
      sockets[i].reset();
    } else {
      inodes.push_back(inode_of(sockets[i]));
    }
  }
  EXPECT_EQ(walk(want(inodes)).holdings.size(), inodes.size());
}

TEST_F(DescriptorWalk, FindsTheLastDescriptorWhereOneBeforeItIsOpenedMeanwhile) {
  const Fd socket = open_socket(Family::ipv4, SOCK_STREAM);
  const Child holder([&] {
    std::signal(SIGUSR1, [](int) { ::open("/dev/null", O_RDONLY); });
    return move_behind_all_others(socket.get()) ? "" : "no number behind all others";
  });
  ASSERT_EQ(holder.report(), "");
  list(holder.pid());
  // By then the walk knows how many there are.
  kernel_.run_before("readlinkat", 1, [&] {
    const auto before = descriptors_of(holder.pid()).size();
    ::kill(holder.pid(), SIGUSR1);
    while (descriptors_of(holder.pid()).size() == before) std::this_thread::yield();
  });
  EXPECT_EQ(holders_in(walk(want({inode_of(socket)}))), std::set<pid_t>{holder.pid()});
}

TEST_F(DescriptorWalk, StopsWhenEachSocketHasItsOwner) {
  constexpr int kFiles = 100;
  const Fd socket = open_socket(Family::ipv4, SOCK_STREAM);
  const auto younger = fork_holder(kFiles);
  list(::getpid());
  list(younger->pid());
  const WantedSockets wanted = want({inode_of(socket)});
  EXPECT_EQ(holders_in(walk(wanted)), (std::set<pid_t>{::getpid(), younger->pid()}));
  const int calls = kernel_.calls();
  EXPECT_EQ(holders_in(walk(wanted, kOwnersAlone)), std::set<pid_t>{::getpid()});
  EXPECT_LT(kernel_.calls(), calls - kFiles);
}

TEST_F(DescriptorWalk, TheOldestHolderIsFoundInWhateverOrderProcessesAreListed) {
  Fd socket = open_socket(Family::ipv4, SOCK_STREAM);
  const WantedSockets wanted = want({inode_of(socket)});
  const auto elder = fork_holder();
  const auto middle = fork_holder();
  const auto younger = fork_holder();
  socket.reset();
  // /proc lists by number, a directory of files in an order of its own.
  for (const pid_t pid : {middle->pid(), younger->pid(), elder->pid()}) list(pid);
  for (const unsigned workers : {1U, 2U}) {
    WalkOptions options = kOwnersAlone;
    options.workers = workers;
    EXPECT_TRUE(holders_in(walk(wanted, options)).contains(elder->pid()));
  }
}

TEST_F(DescriptorWalk, ASocketThatAProcessHasTwiceDoesNotStandForAnother) {
  const Fd socket = open_socket(Family::ipv4, SOCK_STREAM);
  const Fd again(::dup(socket.get()));
  Fd other = open_socket(Family::ipv4, SOCK_STREAM);
  const WantedSockets wanted = want({inode_of(socket), inode_of(other)});
  const auto younger = fork_holder();
  other.reset();
  list(::getpid());
  list(younger->pid());
  EXPECT_EQ(holders_in(walk(wanted, kOwnersAlone)), (std::set<pid_t>{::getpid(), younger->pid()}));
}

TEST_F(DescriptorWalk, LooksEverywhereForASocketThatNobodyHolds) {
  const Fd socket = open_socket(Family::ipv4, SOCK_STREAM);
  const auto younger = fork_holder();
  list(::getpid());
  list(younger->pid());
  constexpr std::uint32_t kNobodys = UINT32_MAX - 1;
  EXPECT_EQ(holders_in(walk(want({inode_of(socket), kNobodys}), kOwnersAlone)),
            (std::set<pid_t>{::getpid(), younger->pid()}));
}

TEST_F(DescriptorWalk, AProcessThatChangesItsNameMeanwhileEndsNothing) {
  const Fd socket = open_socket(Family::ipv4, SOCK_STREAM);
  const auto younger = fork_holder();
  list(::getpid());
  list(younger->pid());
  // By then every process has its place in the order, and none has been identified.
  kernel_.run_before("readlinkat", 1, [] { ::prctl(PR_SET_NAME, "systemd"); });
  const auto found = holders_in(walk(want({inode_of(socket)}), kOwnersAlone));
  ::prctl(PR_SET_NAME, "the_test");
  EXPECT_EQ(found, (std::set<pid_t>{::getpid(), younger->pid()}));
}

}  // namespace
}  // namespace tcptable::test
