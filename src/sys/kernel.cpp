// SPDX-License-Identifier: MIT
// The real kernel behind the seam.
#include "sys/kernel.hpp"

#include <fcntl.h>
#include <linux/kcmp.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>

#include "sys/lasting.hpp"

namespace tcptable::sys {
namespace {

template <typename T>
T result_or_errno(T result) {
  return result < 0 ? static_cast<T>(-errno) : result;
}

// The standard descriptors are the program's, also while they are closed: with one of ours there, a stray
// printf would write to the kernel, and a dup2 onto it would close ours.
int beyond_standard_descriptors(int fd) {
  if (fd < 0 || fd > STDERR_FILENO) return fd;
  const int moved = result_or_errno(::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  ::close(fd);
  return moved;
}

class RealKernel final : public Kernel {
 public:
  int socket(int domain, int type, int protocol) override {
    return beyond_standard_descriptors(result_or_errno(::socket(domain, type, protocol)));
  }
  int setsockopt(int fd, int level, int name, const void* value, socklen_t size) override {
    return result_or_errno(::setsockopt(fd, level, name, value, size));
  }
  int bind(int fd, const sockaddr* address, socklen_t size) override {
    return result_or_errno(::bind(fd, address, size));
  }
  ssize_t send(int fd, const void* data, std::size_t size) override {
    return result_or_errno(::send(fd, data, size, 0));
  }
  ssize_t recvmsg(int fd, msghdr* message) override { return result_or_errno(::recvmsg(fd, message, 0)); }
  int openat(int directory, const char* path, int flags) override {
    return beyond_standard_descriptors(result_or_errno(::openat(directory, path, flags)));
  }
  ssize_t getdents64(int fd, void* buffer, std::size_t size) override {
    return result_or_errno(static_cast<ssize_t>(::syscall(SYS_getdents64, fd, buffer, size)));
  }
  off_t seek(int fd, off_t position) override { return result_or_errno(::lseek(fd, position, SEEK_SET)); }
  ssize_t readlinkat(int directory, const char* path, char* buffer, std::size_t size) override {
    return result_or_errno(::readlinkat(directory, path, buffer, size));
  }
  int link_count(int directory, const char* path) override {
    struct statx status {};
    const int done = ::statx(directory, path, AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT, STATX_NLINK, &status);
    return done < 0 ? -errno : static_cast<int>(status.stx_nlink);
  }
  off_t size(int fd) override {
    struct statx status {};
    const int done = ::statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_SIZE, &status);
    return done < 0 ? -errno : static_cast<off_t>(status.stx_size);
  }
  long file_system_type(int fd) override {
    struct statfs status {};
    return ::fstatfs(fd, &status) < 0 ? -errno : static_cast<long>(status.f_type);
  }
  ssize_t read(int fd, void* buffer, std::size_t size) override {
    return result_or_errno(::read(fd, buffer, size));
  }
  int close(int fd) override { return result_or_errno(::close(fd)); }
  int epoll_create() override {
    return beyond_standard_descriptors(result_or_errno(::epoll_create1(EPOLL_CLOEXEC)));
  }
  int epoll_add(int epoll, int fd) override {
    epoll_event event{};
    event.events = EPOLLIN;
    return result_or_errno(::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
  }
  int timer_create() override {
    constexpr int kFlags = TFD_CLOEXEC | TFD_NONBLOCK;
    return beyond_standard_descriptors(result_or_errno(::timerfd_create(CLOCK_MONOTONIC, kFlags)));
  }
  int timer_set(int timer, unsigned milliseconds) override {
    itimerspec after{};
    after.it_value.tv_sec = static_cast<time_t>(milliseconds / 1000);
    after.it_value.tv_nsec = static_cast<long>(milliseconds % 1000) * 1'000'000;
    return result_or_errno(::timerfd_settime(timer, 0, &after, nullptr));
  }
  int compare_descriptor_tables(pid_t a, pid_t b) override {
    return static_cast<int>(result_or_errno(::syscall(SYS_kcmp, a, b, KCMP_FILES, 0, 0)));
  }
  int set_namespace(int fd, int type) override { return result_or_errno(::setns(fd, type)); }
  unsigned processors() override {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return 1;
    const int count = CPU_COUNT(&allowed);
    return count < 1 ? 1U : static_cast<unsigned>(count);
  }
  Result<std::shared_ptr<SocketWalks>> socket_walks(Loading loading, Walks wanted) override {
    return shared_walks(loading, wanted);
  }
  Result<std::unique_ptr<ConnectionTrace>> trace_connections(const TraceSizes& sizes) override {
    return sys::trace_connections(sizes);
  }
};

// There before any call, and after the last.
constinit Lasting<RealKernel> running_kernel;

}  // namespace

Kernel& real_kernel() {
  return *running_kernel;
}

}  // namespace tcptable::sys
