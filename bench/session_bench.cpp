// SPDX-License-Identifier: MIT
// What a program pays that watches the table: its first snapshot, the first of a session, further ones while
// one socket in a hundred changes between them, the owners alone by the descriptor, and memory by the socket.
// Every answer is checked before it is timed.
#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <tcptable/tcptable.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/report.hpp"
#include "bench/socket_farm.hpp"

namespace {

constexpr char kUsage[] =
    "usage: session_bench [--sockets N] [--processes N] [--plain-files N] [--runs N] [--minutes N]\n";

struct Options {
  bench::FarmSize size{50'000, 10, 0};
  unsigned runs = 11;
  unsigned minutes = 0;  ///< Of polling, after the runs.
};

bool parse(int count, char** words, Options& options) {
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view word = words[i];
    const auto number = static_cast<unsigned>(std::strtoul(words[i + 1], nullptr, 10));
    if (word == "--sockets" && number > 0) {
      options.size.sockets = number;
    } else if (word == "--processes" && number > 0) {
      options.size.processes = number;
    } else if (word == "--plain-files") {
      options.size.plain_files = number;
    } else if (word == "--runs" && number > 0) {
      options.runs = number;
    } else if (word == "--minutes") {
      options.minutes = number;
    } else {
      return false;
    }
  }
  return count % 2 == 1;
}

// Connections of this process, made anew between two polls; no TIME_WAIT stays behind.
class ChangingSockets {
 public:
  explicit ChangingSockets(std::size_t connections) : connections_(connections) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener_, reinterpret_cast<const sockaddr*>(&any), sizeof any);
    listen(listener_, 16);
    change();
  }
  ChangingSockets(const ChangingSockets&) = delete;
  ChangingSockets& operator=(const ChangingSockets&) = delete;
  ~ChangingSockets() {
    close_all();
    close(listener_);
  }

  void change() {
    close_all();
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    for (std::size_t i = 0; i < connections_; ++i) {
      const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address);
      ends_.push_back(client);
      ends_.push_back(accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
    }
  }
  std::size_t sockets() const { return 2 * connections_; }

 private:
  void close_all() {
    const linger none{1, 0};
    for (const int end : ends_) {
      setsockopt(end, SOL_SOCKET, SO_LINGER, &none, sizeof none);
      close(end);
    }
    ends_.clear();
  }

  std::size_t connections_;
  int listener_ = -1;
  std::vector<int> ends_;
};

template <typename Work>
double milliseconds(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
  return taken.count();
}

// KiB, by a line of /proc/self/status.
double memory(std::string_view key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key)) return std::atof(line.c_str() + key.size());
  }
  return 0;
}

tcptable::Query ipv4_query() {
  tcptable::Query query;
  query.ipv6 = false;
  query.cookies = false;
  return query;
}

std::size_t owned_rows(const tcptable::Snapshot& snapshot) {
  std::size_t owned = 0;
  for (const auto& row : snapshot.rows()) {
    owned += row.state == tcptable::State::established && snapshot.owner(row) != nullptr ? 1 : 0;
  }
  return owned;
}

std::optional<tcptable::Session> open_session(bool owners) {
  tcptable::Query query = ipv4_query();
  query.owners = owners;
  auto session = tcptable::Session::open(query);
  if (!session) return std::nullopt;
  return std::move(*session);
}

struct Figures {
  std::vector<double> first_of_process;
  std::vector<double> first;
  std::vector<double> poll;
  std::vector<double> owners;
};

// In a process of its own, which loads the programs first; nothing when an answer is wrong.
std::optional<double> first_of_process(std::size_t sockets) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  const pid_t child = fork();
  if (child == 0) {
    auto session = open_session(true);
    const tcptable::Snapshot* taken = nullptr;
    const double spent = milliseconds([&] {
      if (session) taken = session->snapshot().value_or(nullptr);
    });
    const bool right = taken != nullptr && owned_rows(*taken) == sockets;
    _exit(right && write(ends[1], &spent, sizeof spent) == sizeof spent ? 0 : 1);
  }
  close(ends[1]);
  double spent = 0;
  const bool told = read(ends[0], &spent, sizeof spent) == sizeof spent;
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return told ? std::optional(spent) : std::nullopt;
}

// The milliseconds of one poll after the sockets that change have changed; nothing when an answer is wrong.
std::optional<double> poll_once(ChangingSockets& changing, std::size_t sockets, tcptable::Session& polling) {
  changing.change();
  std::optional<tcptable::Changes> changes;
  const double taken = milliseconds([&] {
    if (auto told = polling.changes()) changes.emplace(*told);
  });
  const bool right = changes && changes->added.size() == changing.sockets() &&
                     changes->removed.size() == changing.sockets() && owned_rows(changes->now) == sockets;
  return right ? std::optional(taken) : std::nullopt;
}

// False when an answer is wrong.
bool time_once(ChangingSockets& changing, std::size_t sockets, tcptable::Session& polling, Figures& figures) {
  const auto in_child = first_of_process(sockets);
  auto fresh = open_session(true);
  bool right = in_child && fresh;
  if (!right) return false;
  figures.first_of_process.push_back(*in_child);
  figures.first.push_back(milliseconds([&] { right = fresh->changes().has_value(); }));
  fresh.reset();
  const auto polled = poll_once(changing, sockets, polling);
  if (polled) figures.poll.push_back(*polled);
  return right && polled;
}

std::size_t open_descriptors() {
  namespace fs = std::filesystem;
  return static_cast<std::size_t>(std::distance(fs::directory_iterator("/proc/self/fd"), {}));
}

// Whether anything grows, minute by minute. False when an answer is wrong.
bool poll_for(unsigned minutes, ChangingSockets& changing, std::size_t sockets, tcptable::Session& polling) {
  if (minutes > 0)
    std::printf("\n%8s %8s %12s %14s %12s\n", "minute", "polls", "median ms", "memory KiB", "descriptors");
  for (unsigned minute = 1; minute <= minutes; ++minute) {
    std::vector<double> polls;
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (std::chrono::steady_clock::now() < end) {
      const auto polled = poll_once(changing, sockets, polling);
      if (!polled) return false;
      polls.push_back(*polled);
    }
    const std::size_t count = polls.size();
    std::printf("%8u %8zu %12.1f %14.0f %12zu\n", minute, count, bench::median(std::move(polls)),
                memory("VmRSS:"), open_descriptors());
    std::fflush(stdout);
  }
  return true;
}

bool time_owners(std::size_t sockets, Figures& figures) {
  auto session = open_session(false);
  if (!session || !session->snapshot()) return false;
  const tcptable::Snapshot* found = nullptr;
  figures.owners.push_back(milliseconds([&] { found = session->find_owners().value_or(nullptr); }));
  return found != nullptr && owned_rows(*found) == sockets;
}

void print(const Figures& figures, double memory_kib, std::size_t sockets, const Options& options) {
  const double first = bench::median(figures.first);
  const double poll = bench::median(figures.poll);
  const double owners = bench::median(figures.owners);
  const double descriptors =
      static_cast<double>(sockets) + static_cast<double>(options.size.plain_files) * options.size.processes;
  const auto per_socket = [&](double ms) { return ms * 1e6 / static_cast<double>(sockets); };
  std::printf("%zu sockets in %u processes with %u plain files each, medians of %zu\n\n", sockets,
              options.size.processes, options.size.plain_files, figures.first.size());
  const double in_child = bench::median(figures.first_of_process);
  std::printf("%-46s %10.2f ms %8.0f ns a socket\n", "first snapshot of a process", in_child,
              per_socket(in_child));
  std::printf("%-46s %10.2f ms %8.0f ns a socket\n", "first snapshot of a session", first, per_socket(first));
  std::printf("%-46s %10.2f ms %8.0f ns a socket, x %.2f and x %.2f of those\n",
              "further one, 1 % changed, with the changes", poll, per_socket(poll), poll / in_child,
              poll / first);
  std::printf("%-46s %10.2f ms %8.0f ns a descriptor\n", "owners alone", owners, owners * 1e6 / descriptors);
  std::printf("%-46s %10.0f KiB %7.0f bytes a socket\n", "peak memory of one snapshot, programs' maps too",
              memory_kib, memory_kib * 1024 / static_cast<double>(sockets));
}

int fail(const char* reason) {
  std::fprintf(stderr, "session_bench: %s\n", reason);
  return 1;
}

}  // namespace

int main(int count, char** words) {
  Options options;
  if (!parse(count, words, options)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  if (const auto failure = bench::enter_new_network_namespace()) return fail(failure->c_str());
  const bench::SocketFarm farm(options.size);
  if (farm.failure()) return fail(farm.failure()->c_str());
  const std::size_t held = options.size.sockets / 2 * 2;

  const double before = memory("VmRSS:");
  {
    auto once = open_session(true);
    if (!once || !once->snapshot()) return fail("no table");
    if (owned_rows(**once->snapshot()) != held) return fail("WRONG: not every socket has an owner");
  }
  const double peak = memory("VmHWM:") - before;

  ChangingSockets changing(options.size.sockets / 200);
  const std::size_t sockets = held + changing.sockets();
  Figures figures;
  auto polling = open_session(true);
  if (!polling || !polling->changes()) return fail("no table");
  for (unsigned run = 0; run < options.runs; ++run) {
    if (!time_once(changing, sockets, *polling, figures)) return fail("WRONG: rows, owners or changes");
    if (!time_owners(sockets, figures)) return fail("WRONG: owners");
  }
  print(figures, peak, sockets, options);
  if (!poll_for(options.minutes, changing, sockets, *polling)) return fail("WRONG: rows, owners or changes");
  return 0;
}
