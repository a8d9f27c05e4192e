// SPDX-License-Identifier: MIT
// Asks for the owner of one socket at a time, as a proxy does, among many sockets: of sockets seen before, of
// connections made a moment ago by any of the processes, and of connections that don't exist. Then programs
// are asked who has a port. Every answer is checked.
#include <arpa/inet.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <tcptable/tcptable.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "bench/process_output.hpp"
#include "bench/socket_farm.hpp"

namespace {

using tcptable::SocketKey;

constexpr unsigned kCallers = 50;
constexpr unsigned kQuestions = 2000;
constexpr char kUsage[] = "usage: owner_bench [--sockets N] [--processes N]\n";

tcptable::Endpoint loopback(std::uint16_t port) {
  tcptable::Endpoint endpoint;
  endpoint.address = {127, 0, 0, 1};
  endpoint.port = port;
  return endpoint;
}

std::uint16_t port_of(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

int listen_anywhere() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  return bind(fd, generic, sizeof address) == 0 && listen(fd, 64) == 0 ? fd : -1;
}

// A process that makes a connection to `port` for each byte that it is sent, and answers with its own port.
// It keeps every second one, and closes the other before it makes the next, as servers' connections come and
// go.
[[noreturn]] void run_caller(int orders, std::uint16_t port) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int last = -1;
  char order = 0;
  for (bool keep = true; read(orders, &order, 1) == 1; keep = !keep) {
    if (!keep) close(last);
    last = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(last, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) _exit(1);
    const std::uint16_t own = port_of(last);
    if (write(orders, &own, sizeof own) != sizeof own) _exit(1);
  }
  _exit(0);
}

class Callers {
 public:
  explicit Callers(unsigned count) : listener_(listen_anywhere()) {
    for (unsigned i = 0; i < count; ++i) {
      int ends[2];
      if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
      const pid_t pid = fork();
      if (pid == 0) run_caller(ends[1], port_of(listener_));
      close(ends[1]);
      callers_.push_back({pid, ends[0]});
    }
  }
  ~Callers() {
    for (const Caller& caller : callers_) {
      kill(caller.pid, SIGKILL);
      waitpid(caller.pid, nullptr, 0);
      close(caller.orders);
    }
    close(listener_);
  }
  Callers(const Callers&) = delete;
  Callers& operator=(const Callers&) = delete;

  struct Call {
    SocketKey key;
    pid_t pid;
  };

  // A connection that is new; it is accepted and closed here, which leaves the caller's end as it is.
  std::optional<Call> call(std::size_t who) {
    const Caller& caller = callers_[who % callers_.size()];
    std::uint16_t port = 0;
    if (write(caller.orders, "x", 1) != 1 || read(caller.orders, &port, sizeof port) != sizeof port)
      return std::nullopt;
    close(accept(listener_, nullptr, nullptr));
    return Call{{tcptable::Protocol::tcp, loopback(port), loopback(port_of(listener_))}, caller.pid};
  }

 private:
  struct Caller {
    pid_t pid;
    int orders;
  };

  int listener_;
  std::vector<Caller> callers_;
};

double thread_cpu_microseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

class Sample {
 public:
  void add(double value) { values_.push_back(value); }
  void sort() { std::sort(values_.begin(), values_.end()); }
  double at(double share) const {
    return values_[static_cast<std::size_t>(share * static_cast<double>(values_.size() - 1))];
  }
  std::size_t size() const { return values_.size(); }

 private:
  std::vector<double> values_;
};

// By the clock, and by the processor's time, which another program's work on the machine doesn't lengthen.
class Times {
 public:
  template <typename Work>
  auto take(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    const double cpu_start = thread_cpu_microseconds();
    auto result = work();
    cpu_.add(thread_cpu_microseconds() - cpu_start);
    const std::chrono::duration<double, std::micro> taken = std::chrono::steady_clock::now() - start;
    clock_.add(taken.count());
    return result;
  }

  static void print_heading() {
    std::printf("%-42s %10s %10s %10s %10s %10s  %s\n", "microseconds", "p50", "p99", "cpu p50", "cpu p99",
                "cpu most", "runs");
  }

  void print(const char* name) {
    clock_.sort();
    cpu_.sort();
    std::printf("%-42s %10.1f %10.1f %10.1f %10.1f %10.1f  %zu\n", name, clock_.at(0.5), clock_.at(0.99),
                cpu_.at(0.5), cpu_.at(0.99), cpu_.at(1), clock_.size());
  }

 private:
  Sample clock_;
  Sample cpu_;
};

bool is_owned_by(const tcptable::Result<tcptable::SocketOwner>& answer, pid_t pid) {
  return answer && answer->owner && answer->owner->pid == pid;
}

std::optional<tcptable::Snapshot> whole_table() {
  tcptable::Query query;
  query.ipv6 = false;
  auto taken = tcptable::take_snapshot(query);
  if (!taken) return std::nullopt;
  return std::move(*taken);
}

// False when an owner is wrong.
bool ask_for_known(tcptable::OwnerFinder& finder, const tcptable::Snapshot& table) {
  std::mt19937 random(1);
  Times times;
  bool right = true;
  for (unsigned i = 0; i < kQuestions; ++i) {
    const auto& row = table.rows()[random() % table.rows().size()];
    const auto* owner = table.owner(row);
    if (owner == nullptr) continue;
    const auto answer = times.take([&] { return finder.owner_of(key_of(row)); });
    right = right && is_owned_by(answer, owner->pid);
  }
  times.print("a socket seen before");
  return right;
}

bool ask_for_new(tcptable::OwnerFinder& finder) {
  Callers callers(kCallers);
  std::mt19937 random(2);
  for (unsigned i = 0; i < kCallers; ++i) {  // the finder has met each process before
    const auto call = callers.call(i);
    if (!call || !is_owned_by(finder.owner_of(call->key), call->pid)) return false;
  }
  Times times;
  bool right = true;
  for (unsigned i = 0; i < kQuestions; ++i) {
    const auto call = callers.call(random());
    if (!call) return false;
    const auto answer = times.take([&] { return finder.owner_of(call->key); });
    right = right && is_owned_by(answer, call->pid);
  }
  times.print("a connection made a moment ago");
  return right;
}

bool ask_for_none(tcptable::OwnerFinder& finder) {
  Times times;
  bool right = true;
  for (unsigned i = 0; i < kQuestions; ++i) {
    const SocketKey key{tcptable::Protocol::tcp, loopback(1), loopback(static_cast<std::uint16_t>(i + 1))};
    const auto answer = times.take([&] { return finder.owner_of(key); });
    right = right && !answer && answer.error().code == tcptable::Errc::not_found;
  }
  times.print("a connection that doesn't exist");
  return right;
}

struct Program {
  const char* name;
  std::string command;
  std::string owner;  // how it says who holds the port
};

// Whole processes. False when ours doesn't name the owner; a rival may be missing.
bool ask_programs(const std::vector<Program>& programs) {
  for (const Program& program : programs) {
    Times times;
    bool right = true;
    for (int run = 0; run < 21; ++run) {
      const auto text = times.take([&] { return bench::output_of(program.command + " 2>/dev/null"); });
      right = right && text && text->find(program.owner) != std::string::npos;
    }
    if (right) {
      times.print(program.name);
    } else if (&program == &programs.front()) {
      return false;
    } else {
      std::printf("%-42s could not be run, or doesn't name the owner\n", program.name);
    }
  }
  return true;
}

bool ask_about_port(const char* which, const tcptable::SocketRow& row, const tcptable::Snapshot& table) {
  const std::string port = ":" + std::to_string(row.local.port);
  const std::string pid = std::to_string(table.owner(row)->pid);
  std::printf("%s:\n", which);
  return ask_programs({{"tcptable who :PORT", TCPTABLE_TOOL " who " + port, "(" + pid + ")"},
                       {"ss -tanp sport = :PORT", "ss -tanp sport = " + port, "pid=" + pid + ","},
                       {"lsof -nP -iTCP:PORT", "lsof -nP -iTCP" + port, " " + pid + " "}});
}

// The first connection's listener has the port that every process listens on; its client end has one of its
// own.
bool ask_programs_about_ports(const tcptable::Snapshot& table) {
  const auto& rows = table.rows();
  const auto is_listener = [](const auto& row) { return row.state == tcptable::State::listen; };
  const auto listener = std::find_if(rows.begin(), rows.end(), is_listener);
  if (listener == rows.end()) return false;
  const auto is_client = [&](const auto& row) {
    return row.state == tcptable::State::established && row.local.port != listener->local.port;
  };
  const auto client = std::find_if(rows.begin(), rows.end(), is_client);
  if (client == rows.end()) return false;
  return ask_about_port("a port that all processes share", *listener, table) &&
         ask_about_port("a port of one connection", *client, table);
}

bool measure(const tcptable::Snapshot& table) {
  tcptable::OwnerFinder finder;
  std::vector<SocketKey> every;
  for (const auto& row : table.rows()) every.push_back(key_of(row));
  Times::print_heading();
  Times first;
  bool right = is_owned_by(first.take([&] { return finder.owner_of(every.front()); }),
                           table.owner(table.rows().front())->pid);
  first.print("the first question of all");
  Times batch;
  batch.take([&] { return finder.owners_of(every); });
  batch.print("all sockets in one batch");
  right = ask_for_known(finder, table) && right;
  right = ask_for_new(finder) && right;
  right = ask_for_none(finder) && right;
  Times whole;
  for (int i = 0; i < 5; ++i) whole.take(whole_table);
  whole.print("take_snapshot with owners, for comparison");
  return ask_programs_about_ports(table) && right;
}

bool parse(int count, char** words, bench::FarmSize& size) {
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view word = words[i];
    const auto number = static_cast<unsigned>(std::strtoul(words[i + 1], nullptr, 10));
    if (word == "--sockets" && number > 0) {
      size.sockets = number;
    } else if (word == "--processes" && number > 0) {
      size.processes = number;
    } else {
      return false;
    }
  }
  return count % 2 == 1;
}

int fail(const char* reason) {
  std::fprintf(stderr, "owner_bench: %s\n", reason);
  return 1;
}

}  // namespace

int main(int count, char** words) {
  bench::FarmSize size{20'000, 200};
  if (!parse(count, words, size)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  if (const auto failure = bench::enter_new_network_namespace()) return fail(failure->c_str());
  const bench::SocketFarm farm(size);
  if (farm.failure()) return fail(farm.failure()->c_str());
  const auto table = whole_table();
  if (!table) return fail("no table");
  std::printf("%u sockets in %u processes, and %u that call\n", size.sockets, size.processes, kCallers);
  return measure(*table) ? 0 : fail("WRONG: an owner differs");
}
