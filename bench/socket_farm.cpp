// SPDX-License-Identifier: MIT
#include "bench/socket_farm.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace bench {
namespace {

constexpr std::uint16_t kPort = 4000;
constexpr char kReady = 'r';
constexpr char kFailed = 'f';
constexpr rlim_t kOtherDescriptors = 32;

std::string describe(const char* step) {
  return std::string(step) + ": " + std::strerror(errno);
}

bool write_file(const char* path, const std::string& text) {
  const int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool written = write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(fd);
  return written;
}

bool raise_loopback() {
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  const bool up = fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &request) == 0;
  if (fd >= 0) close(fd);
  return up;
}

// Each process has an address of its own, so that none runs out of ephemeral ports.
sockaddr_in address_of(unsigned index) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(kPort);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + index);
  return address;
}

bool hold_connections(unsigned index, unsigned connections) {
  if (connections == 0) return true;
  const sockaddr_in address = address_of(index);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0 || bind(listener, generic, sizeof address) != 0 || listen(listener, 16) != 0) return false;
  for (unsigned i = 0; i < connections; ++i) {
    const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client < 0 || connect(client, generic, sizeof address) != 0 ||
        accept(listener, nullptr, nullptr) < 0) {
      return false;
    }
  }
  return true;
}

bool hold_files(unsigned files) {
  for (unsigned i = 0; i < files; ++i) {
    if (open("/dev/null", O_RDONLY | O_CLOEXEC) < 0) return false;
  }
  return true;
}

[[noreturn]] void run_holder(unsigned index, unsigned connections, unsigned plain_files, int ready) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  const bool held = hold_files(plain_files) && hold_connections(index, connections);
  if (write(ready, held ? &kReady : &kFailed, 1) != 1 || !held) _exit(1);
  for (;;) pause();
}

}  // namespace

unsigned connections_of(FarmSize size, unsigned process) {
  const unsigned connections = size.sockets / 2;
  return connections / size.processes + (process < connections % size.processes ? 1 : 0);
}

std::optional<std::string> enter_new_network_namespace() {
  const uid_t uid = geteuid();
  if (unshare(CLONE_NEWNET) != 0) {
    // Without root: a user namespace of our own gives the right to make a network namespace.
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return describe("making a network namespace");
    if (!write_file("/proc/self/uid_map", "0 " + std::to_string(uid) + " 1"))
      return describe("writing uid_map");
  }
  if (!raise_loopback()) return describe("raising the loopback interface");
  return std::nullopt;
}

SocketFarm::SocketFarm(FarmSize size) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  if (connections_of(size, 0) * 2 + size.plain_files + kOtherDescriptors > files.rlim_max) {
    failure_ =
        "a process may hold only " + std::to_string(files.rlim_max) + " descriptors: use more processes";
    return;
  }
  int ready[2];
  if (pipe2(ready, O_CLOEXEC) != 0) {
    failure_ = describe("making a pipe");
    return;
  }
  for (unsigned i = 0; i < size.processes; ++i) {
    const pid_t pid = fork();
    if (pid == 0) run_holder(i, connections_of(size, i), size.plain_files, ready[1]);
    if (pid > 0) pids_.push_back(pid);
  }
  close(ready[1]);
  unsigned made = 0;
  for (char sign = 0; made < size.processes && read(ready[0], &sign, 1) == 1 && sign == kReady;) ++made;
  close(ready[0]);
  if (made != size.processes) failure_ = "not all processes could make their sockets";
}

SocketFarm::~SocketFarm() {
  for (const pid_t pid : pids_) kill(pid, SIGKILL);
  for (const pid_t pid : pids_) waitpid(pid, nullptr, 0);
}

}  // namespace bench
