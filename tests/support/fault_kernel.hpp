// SPDX-License-Identifier: MIT
// A kernel that does what another does, until it is told to fail; it counts the descriptors it gave out.
#pragma once

#include <algorithm>
#include <cerrno>
#include <climits>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "sys/kernel.hpp"

namespace tcptable::test {

class FaultKernel final : public sys::Kernel {
 public:
  explicit FaultKernel(sys::Kernel& base) : base_(base) {}

  /// The `nth` call from now, counted from 1 over all that can fail, gives -`error` once.
  void fail_nth(int nth, int error) { fail_range(nth, nth, error); }
  /// The same for the `nth` call and all that follow.
  void fail_from(int nth, int error) { fail_range(nth, INT_MAX, error); }
  /// Every call of this name ("recvmsg", "getdents64", ...) gives -`error`.
  void fail_call(const std::string& name, int error) { by_name_[name] = error; }
  /// The `nth` read, recvmsg or getdents64 from now gets room for `size` bytes at most.
  void shorten_nth(int nth, std::size_t size) {
    transfers_ = 0;
    short_transfer_ = nth;
    short_size_ = size;
  }
  /// Calls that can be shortened, since the last shorten_nth().
  int transfers() const { return transfers_; }
  /// The next call of this name gives -EINTR.
  void interrupt_first(const std::string& name) { interrupted_.insert(name); }
  /// Every opening and every link-reading of a path that ends so gives -`error`.
  void fail_path(const std::string& end, int error) { by_path_[end] = error; }
  /// Opens `there` where `path` is asked for.
  void redirect(const std::string& path, const std::string& there) { redirects_[path] = there; }

  /// Runs `work` just before the `nth` call of this name, counted from 1.
  void run_before(const std::string& name, int nth, std::function<void()> work) {
    hooks_[name] = {nth, std::move(work)};
  }

  /// Gives these instead of the base's BPF walks.
  void use_walks(sys::SocketWalks& walks) { walks_ = &walks; }

  /// Calls that can fail, since the last fail_nth() or fail_from().
  int calls() const { return calls_; }
  std::size_t open_descriptors() const { return open_.size(); }
  /// True when something was closed that was not open.
  bool closed_twice() const { return closed_twice_; }

  int socket(int domain, int type, int protocol) override {
    if (const int error = fault("socket")) return -error;
    return opened(base_.socket(domain, type, protocol));
  }
  int setsockopt(int fd, int level, int name, const void* value, socklen_t size) override {
    if (const int error = fault("setsockopt")) return -error;
    return base_.setsockopt(fd, level, name, value, size);
  }
  int bind(int fd, const sockaddr* address, socklen_t size) override {
    if (const int error = fault("bind")) return -error;
    return base_.bind(fd, address, size);
  }
  ssize_t send(int fd, const void* data, std::size_t size) override {
    if (const int error = fault("send")) return -error;
    return base_.send(fd, data, size);
  }
  ssize_t recvmsg(int fd, msghdr* message) override {
    if (const int error = fault("recvmsg")) return -error;
    const std::size_t room = message->msg_iov->iov_len;
    message->msg_iov->iov_len = shortened(room);
    const ssize_t got = base_.recvmsg(fd, message);
    message->msg_iov->iov_len = room;
    return got;
  }
  int openat(int directory, const char* path, int flags) override {
    if (const int error = fault("openat", path)) return -error;
    const auto redirected = redirects_.find(path);
    return opened(
        base_.openat(directory, redirected == redirects_.end() ? path : redirected->second.c_str(), flags));
  }
  ssize_t getdents64(int fd, void* buffer, std::size_t size) override {
    if (const int error = fault("getdents64")) return -error;
    return base_.getdents64(fd, buffer, shortened(size));
  }
  off_t seek(int fd, off_t position) override {
    if (const int error = fault("seek")) return -error;
    return base_.seek(fd, position);
  }
  ssize_t readlinkat(int directory, const char* path, char* buffer, std::size_t size) override {
    if (const int error = fault("readlinkat", path)) return -error;
    return base_.readlinkat(directory, path, buffer, size);
  }
  int link_count(int directory, const char* path) override {
    if (const int error = fault("link_count", path)) return -error;
    return base_.link_count(directory, path);
  }
  off_t size(int fd) override {
    if (const int error = fault("size")) return -error;
    return base_.size(fd);
  }
  long file_system_type(int fd) override {
    if (const int error = fault("file_system_type")) return -error;
    return base_.file_system_type(fd);
  }
  ssize_t read(int fd, void* buffer, std::size_t size) override {
    if (const int error = fault("read")) return -error;
    return base_.read(fd, buffer, shortened(size));
  }
  int close(int fd) override {
    const std::lock_guard lock(mutex_);
    if (open_.erase(fd) == 0) closed_twice_ = true;
    return base_.close(fd);
  }
  int epoll_create() override {
    if (const int error = fault("epoll_create")) return -error;
    return opened(base_.epoll_create());
  }
  int epoll_add(int epoll, int fd) override {
    if (const int error = fault("epoll_add")) return -error;
    return base_.epoll_add(epoll, fd);
  }
  int timer_create() override {
    if (const int error = fault("timer_create")) return -error;
    return opened(base_.timer_create());
  }
  int timer_set(int timer, unsigned milliseconds) override {
    if (const int error = fault("timer_set")) return -error;
    return base_.timer_set(timer, milliseconds);
  }
  int compare_descriptor_tables(pid_t a, pid_t b) override {
    if (const int error = fault("compare_descriptor_tables")) return -error;
    return base_.compare_descriptor_tables(a, b);
  }
  int set_namespace(int fd, int type) override {
    if (const int error = fault("set_namespace")) return -error;
    return base_.set_namespace(fd, type);
  }
  unsigned processors() override { return base_.processors(); }
  Result<std::shared_ptr<sys::SocketWalks>> socket_walks(sys::Loading loading, sys::Walks wanted) override {
    if (const int error = fault("socket_walks"))
      return tl::unexpected(Error{Errc::not_permitted, Step::load_bpf, error});
    if (walks_ == nullptr) return base_.socket_walks(loading, wanted);
    return std::shared_ptr<sys::SocketWalks>(std::shared_ptr<void>(), walks_);
  }
  Result<std::unique_ptr<sys::ConnectionTrace>> trace_connections(const sys::TraceSizes& sizes) override {
    if (const int error = fault("trace_connections"))
      return tl::unexpected(Error{Errc::not_permitted, Step::load_bpf, error});
    return base_.trace_connections(sizes);
  }

 private:
  void fail_range(int first, int last, int error) {
    calls_ = 0;
    first_ = first;
    last_ = last;
    range_error_ = error;
  }

  struct Hook {
    int calls_left = 0;
    std::function<void()> work;
  };

  void run_hook(const std::string& name) {
    std::unique_lock lock(mutex_);
    const auto hook = hooks_.find(name);
    if (hook == hooks_.end() || --hook->second.calls_left != 0) return;
    const auto work = hook->second.work;
    lock.unlock();
    work();
  }

  // The errno to fail with, or 0.
  int fault(const std::string& name, std::string_view path = {}) {
    run_hook(name);
    const std::lock_guard lock(mutex_);
    ++calls_;
    if (first_ <= calls_ && calls_ <= last_) return range_error_;
    if (interrupted_.erase(name) != 0) return EINTR;
    if (const auto found = by_name_.find(name); found != by_name_.end()) return found->second;
    for (const auto& [end, error] : by_path_) {
      if (path.ends_with(end)) return error;
    }
    return 0;
  }

  std::size_t shortened(std::size_t size) {
    const std::lock_guard lock(mutex_);
    return ++transfers_ == short_transfer_ ? std::min(size, short_size_) : size;
  }

  int opened(int fd) {
    const std::lock_guard lock(mutex_);
    if (fd >= 0) open_.insert(fd);
    return fd;
  }

  sys::Kernel& base_;
  sys::SocketWalks* walks_ = nullptr;
  std::mutex mutex_;
  std::map<std::string, int> by_name_;
  std::map<std::string, int> by_path_;
  std::map<std::string, std::string> redirects_;
  std::map<std::string, Hook> hooks_;
  std::set<std::string> interrupted_;
  std::set<int> open_;
  int calls_ = 0;
  int first_ = 0;
  int last_ = 0;
  int range_error_ = 0;
  int transfers_ = 0;
  int short_transfer_ = 0;
  std::size_t short_size_ = 0;
  bool closed_twice_ = false;
};

}  // namespace tcptable::test
