// SPDX-License-Identifier: MIT
// A kernel whose netlink sockets deliver datagrams that a test wrote, and that has no files.
#pragma once

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <map>
#include <span>
#include <vector>

#include "sys/kernel.hpp"

namespace tcptable::test {

/// The sequence number that the library's requests have.
inline constexpr std::uint32_t kSequence = 1;

/// Netlink messages behind each other, as one datagram.
class Datagram {
 public:
  Datagram& add(std::uint16_t type, std::span<const std::byte> payload, std::uint32_t sequence = kSequence,
                std::uint16_t flags = NLM_F_MULTI) {
    nlmsghdr header{};
    header.nlmsg_len = static_cast<std::uint32_t>(NLMSG_LENGTH(payload.size()));
    header.nlmsg_type = type;
    header.nlmsg_flags = flags;
    header.nlmsg_seq = sequence;
    const std::size_t at = bytes_.size();
    bytes_.resize(at + NLMSG_ALIGN(header.nlmsg_len));
    std::memcpy(bytes_.data() + at, &header, sizeof header);
    if (!payload.empty()) std::memcpy(bytes_.data() + at + sizeof header, payload.data(), payload.size());
    return *this;
  }

  template <typename T>
  Datagram& add_value(std::uint16_t type, const T& value, std::uint32_t sequence = kSequence,
                      std::uint16_t flags = NLM_F_MULTI) {
    return add(type, std::as_bytes(std::span(&value, 1)), sequence, flags);
  }

  Datagram& done(std::int32_t code = 0) { return add_value(NLMSG_DONE, code); }
  Datagram& error(std::int32_t code) {
    nlmsgerr body{};
    body.error = code;
    return add_value(NLMSG_ERROR, body);
  }
  /// An IPv4 listener that only its cookie tells from others.
  Datagram& listener(std::uint32_t cookie) { return socket(cookie, 10, 80); }
  /// A socket in the kernel's state of that number.
  Datagram& socket(std::uint32_t cookie, std::uint8_t state, std::uint16_t port,
                   std::uint16_t peers_port = 0) {
    inet_diag_msg row{};
    row.idiag_family = AF_INET;
    row.idiag_state = state;
    row.id.idiag_cookie[0] = cookie;
    row.id.idiag_sport = htons(port);
    row.id.idiag_dport = htons(peers_port);
    return add_value(SOCK_DIAG_BY_FAMILY, row);
  }

  Datagram& cut(std::size_t bytes) {
    bytes_.resize(bytes_.size() - bytes);
    return *this;
  }
  const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

class ScriptedNetlink final : public sys::Kernel {
 public:
  struct Delivery {
    std::vector<std::byte> bytes;
    int error = 0;             ///< The call fails with it instead.
    std::uint32_t sender = 0;  ///< 0: the kernel.
    int flags = 0;             ///< As recvmsg sets msg_flags.
  };

  /// What the next recvmsg gives; after the last it times out with EAGAIN.
  void deliver(const Datagram& datagram) { script_.push_back({datagram.bytes(), 0, 0, 0}); }
  void deliver(Delivery delivery) { script_.push_back(std::move(delivery)); }
  void fail(int error) { script_.push_back({{}, error, 0, 0}); }
  void deliver_nothing_more() { script_.clear(); }

  /// There is this file, which can be read once an opening.
  void write(const std::string& path, const std::string& text) { files_[path] = text; }
  /// Tells of a table with short chains in which nothing moves: one pass over it is believed.
  void hold_still() {
    write("/proc/sys/net/ipv4/tcp_ehash_entries", "65536");
    write("/proc/thread-self/net/sockstat", "TCP: inuse 300 orphan 0 tw 0 alloc 300 mem 1");
  }

  int sockets_made() const { return sockets_made_; }
  int open_descriptors() const { return open_descriptors_; }
  std::size_t undelivered() const { return script_.size(); }
  const std::vector<std::byte>& last_request() const { return last_request_; }
  std::size_t largest_buffer() const { return largest_buffer_; }

  int socket(int, int, int) override {
    ++open_descriptors_;
    return kFirstDescriptor + sockets_made_++;
  }
  int setsockopt(int, int, int, const void*, socklen_t) override { return 0; }
  int bind(int, const sockaddr*, socklen_t) override { return 0; }
  ssize_t send(int, const void* request, std::size_t size) override {
    const auto* bytes = static_cast<const std::byte*>(request);
    last_request_.assign(bytes, bytes + size);
    return static_cast<ssize_t>(size);
  }
  ssize_t recvmsg(int, msghdr* message) override {
    if (script_.empty()) return -EAGAIN;
    const Delivery next = std::move(script_.front());
    script_.pop_front();
    if (next.error != 0) return -next.error;
    largest_buffer_ = std::max(largest_buffer_, message->msg_iov->iov_len);
    sockaddr_nl sender{};
    sender.nl_family = AF_NETLINK;
    sender.nl_pid = next.sender;
    std::memcpy(message->msg_name, &sender, sizeof sender);
    message->msg_flags = next.flags;
    const std::size_t size = std::min(next.bytes.size(), message->msg_iov->iov_len);
    if (size > 0) std::memcpy(message->msg_iov->iov_base, next.bytes.data(), size);
    return static_cast<ssize_t>(size);
  }
  int openat(int, const char* path, int) override {
    const auto file = files_.find(path);
    if (file == files_.end()) return -ENOENT;
    ++open_descriptors_;
    const int descriptor = kFirstFile + files_opened_++;
    unread_[descriptor] = file->second;
    return descriptor;
  }
  ssize_t getdents64(int, void*, std::size_t) override { return -ENOTDIR; }
  off_t seek(int, off_t) override { return -EBADF; }
  ssize_t readlinkat(int, const char*, char*, std::size_t) override { return -ENOENT; }
  int link_count(int, const char*) override { return -ENOENT; }
  off_t size(int) override { return -EBADF; }
  long file_system_type(int) override { return -EBADF; }
  ssize_t read(int descriptor, void* buffer, std::size_t size) override {
    const auto unread = unread_.find(descriptor);
    if (unread == unread_.end()) return -EBADF;
    const std::size_t got = unread->second.copy(static_cast<char*>(buffer), size);
    unread->second.erase(0, got);
    return static_cast<ssize_t>(got);
  }
  int close(int) override {
    --open_descriptors_;
    return 0;
  }
  int epoll_create() override { return -ENOSYS; }
  int epoll_add(int, int) override { return -EBADF; }
  int timer_create() override { return -ENOSYS; }
  int timer_set(int, unsigned) override { return -EBADF; }
  int compare_descriptor_tables(pid_t, pid_t) override { return -ENOSYS; }
  int set_namespace(int, int) override { return -EPERM; }
  unsigned processors() override { return 1; }
  Result<std::shared_ptr<sys::SocketWalks>> socket_walks(sys::Loading, sys::Walks) override {
    return tl::unexpected(Error{Errc::not_supported, Step::load_bpf, 0});
  }
  Result<std::unique_ptr<sys::ConnectionTrace>> trace_connections(const sys::TraceSizes&) override {
    return tl::unexpected(Error{Errc::not_supported, Step::load_bpf, 0});
  }

 private:
  static constexpr int kFirstDescriptor = 1000;
  static constexpr int kFirstFile = 100'000;

  std::deque<Delivery> script_;
  std::vector<std::byte> last_request_;
  std::map<std::string, std::string> files_;
  std::map<int, std::string> unread_;  // by descriptor
  int files_opened_ = 0;
  int sockets_made_ = 0;
  int open_descriptors_ = 0;
  std::size_t largest_buffer_ = 0;
};

}  // namespace tcptable::test
