// SPDX-License-Identifier: MIT
// Who owns a socket when several processes, threads or nobody hold it.
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <functional>
#include <memory>
#include <thread>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/descriptor_passing.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

class Owners : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, Owners, ::testing::Values("bpf", "sock_diag", "procfs"), backend_of);

// A process that inherits all descriptors of the test, younger by its start time than all before it.
std::unique_ptr<Child> fork_holder() {
  constexpr std::chrono::milliseconds kTwoClockTicks(20);
  std::this_thread::sleep_for(kTwoClockTicks);
  return std::make_unique<Child>([] { return std::string(); });
}

// The pid that owns the listener, or -1 with a failure.
pid_t owner_of_listener(const Endpoint& local) {
  const Snapshot snapshot = snapshot_of(everything());
  const SocketRow* row = find_row(snapshot, local, nowhere(local.family));
  const Process* owner = row == nullptr ? nullptr : snapshot.owner(*row);
  EXPECT_NE(owner, nullptr) << (row == nullptr ? "no row" : to_string(row->owner_status));
  return owner == nullptr ? -1 : owner->pid;
}

bool in_initial_pid_namespace() {
  std::array<char, 64> target{};
  const ssize_t length = ::readlink("/proc/self/ns/pid", target.data(), target.size());
  return std::string(target.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))) ==
         "pid:[4026531836]";
}

TEST_P(Owners, TheOldestOfSeveralHoldersOwns) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const auto child = fork_holder();
  const Snapshot snapshot = snapshot_of(everything());
  const SocketRow* row = find_row(snapshot, local_endpoint(listener.get()), nowhere(Family::ipv4));
  ASSERT_NE(row, nullptr);
  const auto holders = snapshot.holders(*row);
  ASSERT_EQ(holders.size(), 2U);
  EXPECT_EQ(snapshot.process(holders[0]).pid, ::getpid());
  EXPECT_EQ(snapshot.process(holders[1]).pid, child->pid());
  EXPECT_EQ(snapshot.owner(*row), &snapshot.process(holders[0]));
}

// How many descriptors a process has is counted, so that none need be looked for behind the last.
TEST_P(Owners, ASocketThatIsItsProcessesLastDescriptorIsFound) {
  const Endpoint local = loopback(Family::ipv4, 4000);
  const Child child([&]() -> std::string {
    constexpr int kLast = 64;
    while (::open("/dev/null", O_RDONLY) < kLast - 1) {
    }  // takes every number that is free
    static const Fd last = listen_on(local);
    ::close_range(kLast + 1, ~0U, 0);  // what the test was started with
    return last.get() == kLast ? "" : "not the last";
  });
  ASSERT_EQ(child.report(), "");
  EXPECT_EQ(owner_of_listener(local), child.pid());
}

TEST_P(Owners, TheChildOwnsWhenItsElderHasGone) {
  Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  auto elder = fork_holder();
  const auto younger = fork_holder();
  listener.reset();
  EXPECT_EQ(owner_of_listener(local), elder->pid());
  elder.reset();
  EXPECT_EQ(owner_of_listener(local), younger->pid());
}

// A fork holds both sockets, and another process was sent one of them, under another number.
TEST_P(Owners, TheOwnerIsTheSameWhereHoldersAreNotAskedFor) {
  const UnixPair pair = make_unix_pair();
  const Fd inherited = listen_on(loopback(Family::ipv4));
  Fd sent = listen_on(loopback(Family::ipv6));
  send_descriptor(pair.here.get(), sent.get());
  Fd received;
  const Child receiver([&] {
    sent.reset();
    received = receive_descriptor(pair.there.get());
    return std::string();
  });
  const auto younger = fork_holder();
  ASSERT_EQ(receiver.report(), "");
  Query query = everything();
  const Snapshot whole = snapshot_of(query);
  query.holders = false;
  const Snapshot owners = snapshot_of(query);
  for (const Endpoint& local : {local_endpoint(inherited.get()), local_endpoint(sent.get())}) {
    const SocketRow* wanted = find_row(whole, local, nowhere(local.family));
    const SocketRow* row = find_row(owners, local, nowhere(local.family));
    ASSERT_TRUE(wanted != nullptr && row != nullptr);
    EXPECT_GE(whole.holders(*wanted).size(), 2U);
    ASSERT_NE(owners.owner(*row), nullptr);
    EXPECT_EQ(owners.owner(*row)->pid, whole.owner(*wanted)->pid);
    EXPECT_EQ(owners.owner(*row)->pid, ::getpid());
  }
}

TEST_P(Owners, AProcessThatWasSentTheSocketOwnsIt) {
  Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  const UnixPair pair = make_unix_pair();
  send_descriptor(pair.here.get(), listener.get());
  Fd received;
  const Child receiver([&] {
    listener.reset();
    received = receive_descriptor(pair.there.get());
    return std::string();
  });
  ASSERT_EQ(receiver.report(), "");
  listener.reset();
  EXPECT_EQ(owner_of_listener(local), receiver.pid());
}

TEST_P(Owners, ASocketInFlightHasNoOwnerButAReason) {
  Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  const UnixPair pair = make_unix_pair();
  send_descriptor(pair.here.get(), listener.get());
  listener.reset();
  const Snapshot snapshot = snapshot_of(everything());
  const SocketRow* row = find_row(snapshot, local, nowhere(Family::ipv4));
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(snapshot.owner(*row), nullptr);
  if (row->owner_status == OwnerStatus::not_permitted) {
    EXPECT_GT(snapshot.completeness().unreadable_processes, 0U);
  } else {
    EXPECT_EQ(to_string(row->owner_status), in_initial_pid_namespace() ? "kernel" : "other_pid_namespace");
  }
}

TEST_P(Owners, AnUnacceptedConnectionBelongsToItsListenersOwner) {
  for (const char* address : {"127.0.0.1", "0.0.0.0", "::1", "::"}) {
    SCOPED_TRACE(address);
    const Fd listener = listen_on(endpoint(address));
    const Endpoint server = local_endpoint(listener.get());
    Fd client = open_socket(server.family, SOCK_STREAM);
    connect_to(client.get(), loopback(server.family, server.port));
    const Snapshot snapshot = snapshot_of(everything());
    const auto* row = find_row(snapshot, loopback(server.family, server.port), local_endpoint(client.get()));
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->inode, 0U);
    ASSERT_EQ(to_string(row->owner_status), "known");
    EXPECT_EQ(snapshot.owner(*row)->pid, ::getpid());
  }
}

TEST_P(Owners, AnUnacceptedMappedConnectionBelongsToTheDualStackListener) {
  const Fd listener = listen_on(endpoint("::"));
  const std::uint16_t port = local_endpoint(listener.get()).port;
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), endpoint("127.0.0.1", port));
  const Snapshot snapshot = snapshot_of(everything());
  const Endpoint peer = endpoint("::ffff:127.0.0.1", local_endpoint(client.get()).port);
  const SocketRow* row = find_row(snapshot, endpoint("::ffff:127.0.0.1", port), peer);
  ASSERT_NE(row, nullptr);
  ASSERT_EQ(to_string(row->owner_status), "known");
  EXPECT_EQ(snapshot.owner(*row)->pid, ::getpid());
}

TEST_P(Owners, AnUnacceptedConnectionHasItsOwnerEvenWhenListenersAreNotAskedFor) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), local_endpoint(listener.get()));
  Query query;
  query.states = StateSet{State::established};
  const Snapshot snapshot = snapshot_of(query);
  EXPECT_EQ(snapshot.rows().size(), 2U);
  for (const SocketRow& row : snapshot.rows()) EXPECT_EQ(to_string(row.owner_status), "known");
}

TEST_P(Owners, AnUnacceptedConnectionToALinkLocalListenerHasItsOwner) {
  const auto interface = add_link_local_interface("link0");
  if (!interface) GTEST_SKIP() << "needs dummy or veth interfaces in the kernel";
  const Fd listener = listen_on(endpoint("fe80::1", 0, *interface));
  const Endpoint server = local_endpoint(listener.get());
  Fd client = open_socket(Family::ipv6, SOCK_STREAM);
  connect_to(client.get(), server);
  const Snapshot snapshot = snapshot_of(everything());
  const SocketRow* row = find_row(snapshot, server, local_endpoint(client.get()));
  ASSERT_NE(row, nullptr);
  ASSERT_EQ(to_string(row->owner_status), "known");
  EXPECT_EQ(snapshot.owner(*row)->pid, ::getpid());
}

TEST_P(Owners, FoundLaterIncludeThoseOfUnacceptedConnectionsWithoutListenersInTheTable) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), local_endpoint(listener.get()));
  Query query;
  query.states = StateSet{State::established};
  query.owners = false;
  Snapshot snapshot = snapshot_of(query);
  ASSERT_TRUE(snapshot.find_owners());
  EXPECT_EQ(snapshot.rows().size(), 2U);
  for (const SocketRow& row : snapshot.rows()) {
    ASSERT_EQ(to_string(row.owner_status), "known");
    EXPECT_EQ(snapshot.owner(row)->pid, ::getpid());
  }
}

TEST_P(Owners, TwoProcessesThatListenOnOnePortMakeAnUnacceptedConnectionAmbiguous) {
  const Fd here = listen_beside_others(loopback(Family::ipv4));
  const Endpoint server = local_endpoint(here.get());
  Fd there;
  const Child other([&] {
    there = listen_beside_others(server);
    return std::string();
  });
  ASSERT_EQ(other.report(), "");
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), server);
  const Snapshot snapshot = snapshot_of(everything());
  const SocketRow* row = find_row(snapshot, server, local_endpoint(client.get()));
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(to_string(row->owner_status), "ambiguous");
  EXPECT_EQ(snapshot.owner(*row), nullptr);
}

// Runs `work` on a thread and keeps the thread alive until the value ends.
class HeldThread {
 public:
  explicit HeldThread(const std::function<void()>& work)
      : thread_([this, work] {
          work();
          done_.test_and_set();
          done_.notify_all();
          leave_.wait(false);
        }) {
    done_.wait(false);
  }
  HeldThread(const HeldThread&) = delete;
  HeldThread& operator=(const HeldThread&) = delete;
  ~HeldThread() {
    leave_.test_and_set();
    leave_.notify_all();
    thread_.join();
  }

 private:
  std::atomic_flag done_;
  std::atomic_flag leave_;
  std::thread thread_;
};

std::string own_thread_owns() {
  Endpoint local;
  const HeldThread thread([&] {
    check(::unshare(CLONE_FILES), "unshare(CLONE_FILES)");
    static thread_local Fd listener = listen_on(loopback(Family::ipv4));
    local = local_endpoint(listener.get());
  });
  return owner_of_listener(local) == ::getpid() ? "" : "another process owns it, or none";
}

TEST_P(Owners, AThreadWithDescriptorsOfItsOwnIsItsProcess) {
  EXPECT_EQ(own_thread_owns(), "");
}

// Here every process can be read, which is another way through the walk.
TEST_P(Owners, AThreadWithDescriptorsOfItsOwnIsItsProcessAlsoInAPidNamespace) {
  try {
    EXPECT_EQ(run_in_pid_namespace(own_thread_owns), "");
  } catch (const std::system_error& failure) {
    GTEST_SKIP() << "needs CAP_SYS_ADMIN for a pid namespace: " << failure.what();
  }
}

TEST_P(Owners, AHolderOutsideTheCallersPidNamespaceIsNamedAsSuch) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  const auto status_seen_inside = [&] {
    if (::close(listener.get()) != 0) return std::string("close");
    const Snapshot snapshot = snapshot_of(everything());
    const SocketRow* row = find_row(snapshot, local, nowhere(Family::ipv4));
    if (row == nullptr) return std::string("no row");
    return std::string(to_string(row->owner_status)) +
           (snapshot.completeness().owners ? ", complete" : ", partial");
  };
  try {
    EXPECT_EQ(run_in_pid_namespace(status_seen_inside), "other_pid_namespace, partial");
  } catch (const std::system_error& failure) {
    GTEST_SKIP() << "needs CAP_SYS_ADMIN for a pid namespace: " << failure.what();
  }
}

// /proc tells start times by the reader's clocks, the kernel's own records don't.
TEST_P(Owners, InATimeNamespaceIsTheProcessThatProcShows) {
  const auto own_start_and_command = [] {
    const Fd listener = listen_on(loopback(Family::ipv4));
    const Endpoint local = local_endpoint(listener.get());
    const Snapshot snapshot = snapshot_of(everything());
    const SocketRow* row = find_row(snapshot, local, nowhere(Family::ipv4));
    const Process* owner = row == nullptr ? nullptr : snapshot.owner(*row);
    const auto self = describe_process(::getpid());
    if (owner == nullptr || !self || owner->pid != self->process.pid) return std::string("not mine");
    if (owner->start_time != self->process.start_time) {
      return "started at " + std::to_string(owner->start_time) + " instead of " +
             std::to_string(self->process.start_time);
    }
    const auto command = command_line_of(*owner);
    return command ? std::string() : to_string(command.error());
  };
  try {
    EXPECT_EQ(run_in_time_namespace(own_start_and_command), "");
  } catch (const std::system_error& failure) {
    GTEST_SKIP() << "needs CAP_SYS_ADMIN and CAP_SYS_TIME for a time namespace: " << failure.what();
  }
}

TEST_P(Owners, AProcessWhoseFirstThreadHasExitedStillOwns) {
  Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  std::array<int, 2> ends{};
  check(::pipe2(ends.data(), O_CLOEXEC), "pipe2");
  Fd exited_read(ends[0]);
  Fd exited_write(ends[1]);
  const pid_t pid = check(::fork(), "fork");
  if (pid == 0) {
    std::thread([&] {
      constexpr std::chrono::milliseconds kLeaderNeedsToExit(50);
      std::this_thread::sleep_for(kLeaderNeedsToExit);
      static_cast<void>(::write(exited_write.get(), "x", 1));
      ::pause();
    }).detach();
    ::syscall(SYS_exit, 0);
  }
  listener.reset();
  char byte = 0;
  EXPECT_EQ(::read(exited_read.get(), &byte, 1), 1);
  const std::string descriptors = "/proc/" + std::to_string(pid) + "/fd";
  const bool readable = ::access(descriptors.c_str(), R_OK) == 0;
  const pid_t owner = readable ? owner_of_listener(local) : pid;
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
  EXPECT_EQ(owner, pid);
  if (!readable)
    GTEST_SKIP() << "needs CAP_DAC_READ_SEARCH: without its first thread a process is root's in /proc";
}

TEST_P(Owners, AreNotSoughtWhenNotRequested) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  Query query;
  query.owners = false;
  Snapshot snapshot = snapshot_of(query);
  ASSERT_EQ(snapshot.rows().size(), 1U);
  EXPECT_EQ(to_string(snapshot.rows()[0].owner_status), "not_requested");
  EXPECT_EQ(snapshot.owner(snapshot.rows()[0]), nullptr);
  ASSERT_TRUE(snapshot.find_owners());
  ASSERT_NE(snapshot.owner(snapshot.rows()[0]), nullptr);
  EXPECT_EQ(snapshot.owner(snapshot.rows()[0])->pid, ::getpid());
}

TEST_P(Owners, TheCountsByStatusAddUpToTheRows) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  { const Connection closed = make_connection(listener); }
  const Snapshot snapshot = snapshot_of(everything());
  std::size_t sum = 0;
  for (const std::uint32_t count : snapshot.count_by_owner_status()) sum += count;
  EXPECT_EQ(sum, snapshot.rows().size());
}

}  // namespace
}  // namespace tcptable::test
