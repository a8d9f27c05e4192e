// SPDX-License-Identifier: MIT
// Daemons close descriptors 0 to 2. The library puts none of its own there, where a stray printf would write
// to the kernel, and a dup2 would close it.
#include <fcntl.h>
#include <unistd.h>

#include <tcptable/events.hpp>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/sockets.hpp"
#include "trust/crowd.hpp"

namespace tcptable::test {
namespace {

class StandardDescriptors : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, StandardDescriptors, ::testing::Values("bpf", "sock_diag", "procfs"),
                         backend_of);

std::string open_standard_descriptors() {
  std::string open;
  for (int fd = 0; fd <= 2; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0) open += std::to_string(fd) + " ";
  }
  return open;
}

// What of the listener is told by a process without standard descriptors, or which it has got.
std::string outcome_in_daemon(const Endpoint& local) {
  for (int fd = 0; fd <= 2; ++fd) ::close(fd);
  for (int i = 0; i < 5; ++i) {
    const Snapshot snapshot = snapshot_of(everything());
    const SocketRow* row = find_row(snapshot, local, nowhere(Family::ipv4));
    if (row == nullptr || row->owner_status != OwnerStatus::known) return "no owner";
    if (std::string open = open_standard_descriptors(); !open.empty()) return "open: " + open;
  }
  return "";
}

TEST_P(StandardDescriptors, StayClosedWhenTheyWereClosed) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  const Child daemon([&] { return outcome_in_daemon(local); });
  EXPECT_EQ(daemon.report(), "");
}

// 0 where a process finds the listener's owner also after it has closed what it doesn't know, and given the
// numbers to files of its own, which stay open.
int status_of_closing_all(const Endpoint& local, pid_t owner) {
  const auto finds_owner = [&] {
    const auto snapshot = take_snapshot(what_can_be_listed(everything()));
    const SocketRow* row = snapshot ? find_row(*snapshot, local, nowhere(Family::ipv4)) : nullptr;
    const Process* found = row != nullptr ? snapshot->owner(*row) : nullptr;
    return found != nullptr && found->pid == owner;
  };
  constexpr int kFirst = STDERR_FILENO + 1;
  constexpr int kFiles = 64;
  if (!finds_owner()) return 1;
  check(::close_range(kFirst, ~0U, 0), "close_range");
  if (!finds_owner()) return 2;
  check(::close_range(kFirst, ~0U, 0), "close_range");
  for (int i = 0; i < kFiles; ++i) check(::open("/dev/null", O_RDONLY | O_CLOEXEC), "open");
  if (!finds_owner()) return 3;
  for (int i = 0; i < kFiles; ++i) {
    if (::fcntl(kFirst + i, F_GETFD) < 0) return 4;
  }
  return 0;
}

TEST_P(StandardDescriptors, MayBeAllThatADaemonKeeps) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  const pid_t owner = ::getpid();
  EXPECT_EQ(status_of_child([&] { return status_of_closing_all(local, owner); }), 0);
}

using StandardDescriptorsOfStreams = InOwnNamespace;

TEST_F(StandardDescriptorsOfStreams, StayClosedWhileEventsAreFollowed) {
  for (const EventSource source : {EventSource::bpf, EventSource::multicast}) {
    const Child daemon([&]() -> std::string {
      EventQuery query;
      query.source = source;
      for (int fd = 0; fd <= 2; ++fd) ::close(fd);
      const auto stream = EventStream::open(query);
      return stream ? open_standard_descriptors() : to_string(stream.error());
    });
    EXPECT_EQ(daemon.report(), "");
  }
}

}  // namespace
}  // namespace tcptable::test
