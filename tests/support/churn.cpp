// SPDX-License-Identifier: MIT
#include "support/churn.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "support/child_process.hpp"
#include "support/shared_memory.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

constexpr int kProcessesOfAKind = 2;
constexpr std::size_t kKept = 64;
constexpr std::uint64_t kClosedInOrder = 32;  // each so-manieth
constexpr std::uint16_t kServersPort = 4000;
// What fills a listener's queue; its length is one more than was asked for.
constexpr std::array<std::uint16_t, 2> kWaitingPorts{1024, 1025};
constexpr std::uint16_t kFirstPort = 2048;
constexpr std::uint64_t kPorts = 1874 * kClosedInOrder;

std::uint16_t port_of(std::uint64_t connection) {
  return static_cast<std::uint16_t>(kFirstPort + connection % kPorts);
}

bool is_closed_in_order(std::uint64_t connection) {
  return connection % kClosedInOrder == kClosedInOrder - 1;
}

struct Progress {
  std::atomic<std::uint64_t> begun{0};
  std::atomic<std::uint64_t> ended{0};
};

void reset_when_closed(const Fd& socket) {
  const linger none{1, 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

class Pace {
 public:
  explicit Pace(int per_second) : between_(std::chrono::nanoseconds(1'000'000'000) / per_second) {}

  // What couldn't be kept up with is not caught up later.
  void wait() {
    constexpr int kAtOnce = 16;
    if (++count_ % kAtOnce != 0) return;
    next_ += kAtOnce * between_;
    next_ = std::max(next_, Clock::now() - std::chrono::milliseconds(10));
    std::this_thread::sleep_until(next_);
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point next_ = Clock::now();
  std::chrono::nanoseconds between_;
  int count_ = 0;
};

// Opens and closes until its process ends.
class Opener {
 public:
  Opener(const Endpoint& server, const Endpoint& client, bool half_open)
      : server_(server),
        client_(client),
        half_open_(half_open),
        listener_(listen_on(server, half_open ? 1 : 8)) {
    for (const std::uint16_t port : kWaitingPorts) {
      if (half_open) waiting_.push_back(begin(port));
    }
  }

  void run(int per_second, Progress& progress) {
    Pace pace(per_second);
    for (std::uint64_t connection = 0;; ++connection) {
      progress.begun = connection + 1;
      kept_.push_back(open(connection));
      if (kept_.size() > kKept) {
        kept_.pop_front();
        progress.ended = connection + 1 - kKept;
      }
      pace.wait();
    }
  }

 private:
  Fd begin(std::uint16_t port) const {
    Endpoint client = client_;
    client.port = port;
    Fd socket = open_socket(client.family, SOCK_STREAM | (half_open_ ? SOCK_NONBLOCK : 0));
    bind_to(socket.get(), client);
    try {
      connect_to(socket.get(), server_);
    } catch (const std::system_error& failure) {
      if (failure.code().value() != EINPROGRESS) throw;
    }
    return socket;
  }

  Connection open(std::uint64_t connection) const {
    Connection made;
    try {
      made.client = begin(port_of(connection));
    } catch (const std::system_error& failure) {
      const int error = failure.code().value();
      if (error == EADDRINUSE || error == EADDRNOTAVAIL) return {};  // still in time_wait
      throw;
    }
    if (!half_open_) {
      made.server = Fd(check(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC), "accept4"));
    }
    if (half_open_ || !is_closed_in_order(connection)) {
      reset_when_closed(made.client);
      reset_when_closed(made.server);
    }
    return made;
  }

  Endpoint server_;
  Endpoint client_;
  bool half_open_;
  Fd listener_;
  std::vector<Fd> waiting_;
  std::deque<Connection> kept_;
};

// Processes are told by the last byte of their addresses, kinds of ends by the one before.
Endpoint end_of(int kind, std::size_t process, std::uint16_t port) {
  return endpoint("127.0." + std::to_string(kind) + "." + std::to_string(process + 1), port);
}

}  // namespace

struct Churn::Process {
  Process(std::size_t index, bool half_open_ones, int per_second)
      : server(end_of(3, index, kServersPort)), client(end_of(4, index, 0)), half_open(half_open_ones) {
    child = std::make_unique<Child>([this, per_second]() -> std::string {
      static Opener opener(server, client, half_open);
      std::thread([this, per_second] { opener.run(per_second, *progress); }).detach();
      return "";
    });
    if (!child->report().empty()) throw std::runtime_error(child->report());
  }

  // Whether this port of the client's was open between the two moments.
  bool was_open(std::uint16_t port, std::uint64_t ended_before, std::uint64_t begun_after) const {
    if (port < kFirstPort) return half_open && (port == kWaitingPorts[0] || port == kWaitingPorts[1]);
    const std::uint64_t connection = port - std::uint64_t{kFirstPort};  // or so many rounds later
    if (connection >= kPorts) return false;
    const std::uint64_t rounds = (ended_before + kPorts - 1 - connection) / kPorts;
    return connection + rounds * kPorts < begun_after;
  }

  Endpoint server;
  Endpoint client;  // without a port
  bool half_open;
  Shared<Progress> progress;
  std::unique_ptr<Child> child;
};

Churn::Churn(ChurnRates rates) {
  for (const bool half_open : {false, true}) {
    const int rate = half_open ? rates.half_open : rates.whole;
    for (int i = 0; rate != 0 && i < kProcessesOfAKind; ++i) {
      processes_.push_back(std::make_unique<Process>(processes_.size(), half_open, rate / kProcessesOfAKind));
    }
  }
}

Churn::~Churn() = default;

Churn::Moment Churn::now() const {
  Moment moment;
  for (const auto& process : processes_) {
    moment.ended.push_back(process->progress->ended);
    moment.begun.push_back(process->progress->begun);
  }
  return moment;
}

std::uint64_t Churn::connections_between(const Moment& first, const Moment& second) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < first.begun.size(); ++i) count += second.begun[i] - first.begun[i];
  return count;
}

std::optional<pid_t> Churn::owner_of(const Endpoint& local, const Endpoint& remote, bool closing,
                                     const Moment& first, const Moment& second) const {
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    const Process& process = *processes_[i];
    const bool is_server = local == process.server;
    const bool listens = is_server && remote == nowhere(Family::ipv4);
    Endpoint client = is_server ? remote : local;
    const std::uint16_t port = std::exchange(client.port, std::uint16_t{0});
    if (!listens && (client != process.client || (is_server ? local : remote) != process.server)) continue;
    if (is_server && !listens && process.half_open && port >= kFirstPort) continue;  // was never answered
    const bool left_over = closing && !process.half_open && port >= kFirstPort &&
                           is_closed_in_order(port - std::uint64_t{kFirstPort});
    if (listens || left_over || process.was_open(port, first.ended[i], second.begun[i]))
      return process.child->pid();
  }
  return std::nullopt;
}

}  // namespace tcptable::test
