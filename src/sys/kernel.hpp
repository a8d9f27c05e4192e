// SPDX-License-Identifier: MIT
// The one seam to the kernel: every system call of the core passes here, so that faults, old kernels and
// captured hosts are ordinary tests. Nothing is interpreted here.
#pragma once

#include "sys/bpf/connection_trace.hpp"
#include "sys/bpf/shared_walks.hpp"

#include <sys/socket.h>
#include <sys/types.h>

#include <cstddef>
#include <memory>

namespace tcptable::sys {

/// Each call returns what the system call returns, or -errno.
/// Safe to use from several threads.
class Kernel {
 public:
  virtual ~Kernel() = default;

  virtual int socket(int domain, int type, int protocol) = 0;
  virtual int setsockopt(int fd, int level, int name, const void* value, socklen_t size) = 0;
  virtual int bind(int fd, const sockaddr* address, socklen_t size) = 0;
  virtual ssize_t send(int fd, const void* data, std::size_t size) = 0;
  virtual ssize_t recvmsg(int fd, msghdr* message) = 0;
  virtual int openat(int directory, const char* path, int flags) = 0;
  virtual ssize_t getdents64(int fd, void* buffer, std::size_t size) = 0;
  /// lseek from the start.
  virtual off_t seek(int fd, off_t position) = 0;
  virtual ssize_t readlinkat(int directory, const char* path, char* buffer, std::size_t size) = 0;
  /// statx: how many names the file has, links followed, without asking its file system anew.
  virtual int link_count(int directory, const char* path) = 0;
  /// statx: the size that the open file says it has.
  virtual off_t size(int fd) = 0;
  /// fstatfs: the magic number of the file system that the descriptor is on (linux/magic.h).
  virtual long file_system_type(int fd) = 0;
  virtual ssize_t read(int fd, void* buffer, std::size_t size) = 0;
  virtual int close(int fd) = 0;
  virtual int epoll_create() = 0;
  /// EPOLL_CTL_ADD for EPOLLIN.
  virtual int epoll_add(int epoll, int fd) = 0;
  virtual int timer_create() = 0;
  /// A timer of CLOCK_MONOTONIC that becomes readable once, after so many milliseconds (more than 0).
  virtual int timer_set(int timer, unsigned milliseconds) = 0;
  /// kcmp(KCMP_FILES): 0 when the two threads share one descriptor table, else positive.
  virtual int compare_descriptor_tables(pid_t a, pid_t b) = 0;
  /// setns: moves the calling thread.
  virtual int set_namespace(int fd, int type) = 0;
  /// How many processors the calling thread may use; at least 1.
  virtual unsigned processors() = 0;
  /// The BPF walks; see shared_walks.
  virtual Result<std::shared_ptr<SocketWalks>> socket_walks(Loading loading, Walks wanted) = 0;
  /// Loads the programs that follow connections.
  virtual Result<std::unique_ptr<ConnectionTrace>> trace_connections(const TraceSizes& sizes) = 0;
};

/// The running kernel.
Kernel& real_kernel();

}  // namespace tcptable::sys
