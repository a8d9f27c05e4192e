// SPDX-License-Identifier: MIT
#include "support/lasting_connections.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include <stdexcept>
#include <thread>

#include "support/child_process.hpp"
#include "support/descriptor_passing.hpp"
#include "support/shared_memory.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

constexpr std::uint16_t kServersPort = 4000;
constexpr std::uint16_t kFirstClientsPort = 10000;
constexpr std::uint8_t kServers = 1;  // in 127.0.1.0/24
constexpr std::uint8_t kClients = 2;

enum class Keeping { alone, with_a_fork, servers_ends_sent_away };

Keeping keeping_of(std::size_t holder) {
  constexpr Keeping kTurns[] = {Keeping::alone, Keeping::alone, Keeping::with_a_fork,
                                Keeping::servers_ends_sent_away};
  return kTurns[holder % std::size(kTurns)];
}

Endpoint end_of(std::uint8_t side, std::size_t holder, std::size_t port) {
  Endpoint end;
  end.address = {127, 0, side, static_cast<std::uint8_t>(holder + 1)};
  end.port = static_cast<std::uint16_t>(port);
  return end;
}

std::vector<Connection> make_connections(std::size_t count, std::size_t holder, const Fd& listener) {
  std::vector<Connection> connections;
  for (std::size_t i = 0; i < count; ++i) {
    connections.push_back(make_connection(listener, end_of(kClients, holder, kFirstClientsPort + i)));
  }
  return connections;
}

// Takes that many sockets and tells when it has them; the socket pair outlives the test's part of it.
std::unique_ptr<Child> start_receiver(std::size_t count, int through) {
  return std::make_unique<Child>([count, through]() -> std::string {
    std::thread([count, through] {
      static std::vector<Fd> received;
      for (std::size_t i = 0; i < count; ++i) received.push_back(receive_descriptor(through));
      send_descriptor(through, received.front().get());
    }).detach();
    return "";
  });
}

void send_servers_ends(std::vector<Connection>& connections, int through) {
  for (Connection& connection : connections) {
    send_descriptor(through, connection.server.get());
    connection.server.reset();
  }
  receive_descriptor(through).reset();
}

// Where a process reports through is done with when all have closed it.
void close_pipes() {
  struct stat facts {};
  for (int fd = 0; fd < 4096; ++fd) {
    if (::fstat(fd, &facts) == 0 && S_ISFIFO(facts.st_mode)) ::close(fd);
  }
}

// Another process that has all sockets, and ends with this one.
pid_t fork_with_sockets() {
  const pid_t child = check(::fork(), "fork");
  if (child != 0) return child;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  close_pipes();
  for (;;) ::pause();
}

}  // namespace

// Holds connections to an address of its own until it is killed; some of their server's ends another process
// does.
struct LastingConnections::Holder {
  Holder(std::size_t index, std::size_t count) : keeping(keeping_of(index)) {
    if (keeping == Keeping::servers_ends_sent_away) receiver = start_receiver(count, pair.there.get());
    process = std::make_unique<Child>([this, index, count]() -> std::string {
      static Fd listener = listen_on(end_of(kServers, index, kServersPort));
      static std::vector<Connection> connections = make_connections(count, index, listener);
      if (keeping == Keeping::with_a_fork) *fork = fork_with_sockets();
      if (receiver != nullptr) send_servers_ends(connections, pair.here.get());
      return "";
    });
    if (!process->report().empty()) throw std::runtime_error(process->report());
  }

  Keeping keeping;
  Shared<pid_t> fork;  // written before the process reports
  UnixPair pair = make_unix_pair();
  std::unique_ptr<Child> receiver;
  std::unique_ptr<Child> process;
};

LastingConnections::LastingConnections(int each) : each_(static_cast<std::size_t>(each)) {
  if (!allow_descriptors(kMostDescriptors)) throw std::runtime_error("needs a hard RLIMIT_NOFILE of 1160");
  for (std::size_t i = 0; i < kProcesses; ++i) holders_.push_back(std::make_unique<Holder>(i, each_));
}

LastingConnections::~LastingConnections() = default;

std::size_t LastingConnections::rows() const {
  return kProcesses * rows_each();
}

// Of each holder: its server's ends, its clients' ends, its listener.
std::size_t LastingConnections::number_of(const Endpoint& local, const Endpoint& remote) const {
  const bool is_server = local.port == kServersPort;
  const std::size_t holder = local.address[3] - std::size_t{1};
  if (holder >= kProcesses) return rows();
  if (local == end_of(kServers, holder, kServersPort) && remote == nowhere(Family::ipv4))
    return holder * rows_each() + 2 * each_;
  const std::size_t index = (is_server ? remote : local).port - std::size_t{kFirstClientsPort};
  const Endpoint server = end_of(kServers, holder, kServersPort);
  const Endpoint client = end_of(kClients, holder, kFirstClientsPort + index);
  const bool is_known =
      index < each_ && local == (is_server ? server : client) && remote == (is_server ? client : server);
  return is_known ? holder * rows_each() + (is_server ? 0 : each_) + index : rows();
}

bool LastingConnections::is_listener(std::size_t row) const {
  return row % rows_each() == 2 * each_;
}

pid_t LastingConnections::owner_of(std::size_t row) const {
  const Holder& holder = *holders_[row / rows_each()];
  const bool is_servers_end = row % rows_each() < each_;
  return (holder.receiver != nullptr && is_servers_end ? holder.receiver : holder.process)->pid();
}

bool LastingConnections::is_held_by(std::size_t row, pid_t process) const {
  const Holder& holder = *holders_[row / rows_each()];
  return process == owner_of(row) || (holder.keeping == Keeping::with_a_fork && process == *holder.fork);
}

}  // namespace tcptable::test
