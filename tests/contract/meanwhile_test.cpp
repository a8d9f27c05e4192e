// SPDX-License-Identifier: MIT
// What is closed, or used anew, between the look at the table and the search for its owners is nobody
// else's.
#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>

#include <array>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

class Meanwhile : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, Meanwhile, ::testing::Values("bpf", "sock_diag", "procfs"), backend_of);

Query without_owners() {
  Query query = what_can_be_listed(Query());
  query.owners = false;
  return query;
}

// What the other end doesn't read keeps a closed socket in FIN_WAIT1.
void fill_send_queue(const Fd& socket) {
  const std::array<char, 65536> bytes{};
  while (::send(socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) {
  }
}

TEST_P(Meanwhile, AConnectionThatItsProcessClosesIsNotItsListenersOwners) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  Connection connection = make_connection(listener);
  const Endpoint local = local_endpoint(connection.server.get());
  const Endpoint remote = remote_endpoint(connection.server.get());
  fill_send_queue(connection.server);
  auto worker = std::make_unique<Child>([] { return std::string(); });  // has it, too
  connection.server.reset();

  Snapshot snapshot = snapshot_of(without_owners());
  worker.reset();
  ASSERT_TRUE(snapshot.find_owners());
  const SocketRow* row = find_row(snapshot, local, remote);
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->state, State::established) << "as it was when the table was read";
  EXPECT_EQ(snapshot.owner(*row), nullptr);
  const SocketRow* listening = find_row(snapshot, local, nowhere(Family::ipv4));
  ASSERT_NE(listening, nullptr);
  ASSERT_NE(snapshot.owner(*listening), nullptr);
  EXPECT_EQ(snapshot.owner(*listening)->pid, ::getpid());
}

// The kernel gives out freed memory again on the processor where it was freed.
void stay_on_one_processor() {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(::sched_getcpu(), &one);
  ASSERT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
}

class ByAddress : public InOwnNamespace {
 protected:
  void SetUp() override {
    InOwnNamespace::SetUp();
    if (IsSkipped()) return;
    if (!take_snapshot(without_owners())) GTEST_SKIP() << "needs CAP_BPF, CAP_PERFMON, Linux 6.2 and its BTF";
    stay_on_one_processor();
  }

  const ForcedBackend forced_{"bpf"};
};

// Those of the rows with the port.
std::vector<RowKey> keys_on_port(std::uint16_t port) {
  const Snapshot::Parts parts = snapshot_of(without_owners()).into_parts();
  std::vector<RowKey> keys;
  for (std::size_t i = 0; i < parts.rows.size(); ++i) {
    if (parts.rows[i].local.port == port) keys.push_back(parts.row_keys[i]);
  }
  return keys;
}

TEST_F(ByAddress, AListenerThatHasAnothersPlaceInMemoryAndItsPortIsTold) {
  std::size_t reused = 0;
  for (int round = 0; round < 20 && reused == 0; ++round) {
    Fd first = listen_on(loopback(Family::ipv4));
    const std::uint16_t port = local_endpoint(first.get()).port;
    const RowKey before = keys_on_port(port).at(0);
    first.reset();
    std::this_thread::sleep_for(std::chrono::milliseconds(60));  // the kernel's grace period
    std::vector<Fd> others;
    for (int i = 1; i < 200; ++i) others.push_back(listen_on(endpoint("127.0.1." + std::to_string(i), port)));
    for (const RowKey& key : keys_on_port(port)) {
      if (key.sock != before.sock) continue;
      EXPECT_NE(key.tag, before.tag);
      ++reused;
    }
  }
  if (reused == 0) GTEST_SKIP() << "the kernel gave no listener the memory of another in 20 rounds";
}

std::uint32_t inode_of(const Fd& socket) {
  struct stat status {};
  EXPECT_EQ(::fstat(socket.get(), &status), 0);
  return static_cast<std::uint32_t>(status.st_ino);
}

// A client's end, which leaves no trace when it is closed.
Fd connect_for_a_moment(const Fd& listener) {
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), local_endpoint(listener.get()));
  const linger none{1, 0};
  ::setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
  return client;
}

TEST_F(ByAddress, TheRowOfASocketThatHasGoneGetsNoOthersInode) {
  const Fd listener = listen_on(loopback(Family::ipv4), 1000);
  const Fd another = listen_on(loopback(Family::ipv4), 1000);
  for (int round = 0; round < 20; ++round) {
    Fd client = connect_for_a_moment(listener);
    const Endpoint local = local_endpoint(client.get());
    const std::uint32_t inode = inode_of(client);
    Snapshot snapshot = snapshot_of(without_owners());
    client.reset();
    std::vector<Fd> next;
    for (int i = 0; i < 8; ++i) next.push_back(connect_for_a_moment(another));
    ASSERT_TRUE(snapshot.find_owners());
    const SocketRow* row = find_row(snapshot, local, local_endpoint(listener.get()));
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->inode, inode);
    EXPECT_EQ(row->owner_status, OwnerStatus::exited);
  }
}

}  // namespace
}  // namespace tcptable::test
