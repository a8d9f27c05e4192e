// SPDX-License-Identifier: MIT
#include "support/network_namespace.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <memory>

#include "support/fd.hpp"

namespace tcptable::test {
namespace {

void write_file(const char* path, const std::string& text) {
  const Fd file(check(::open(path, O_WRONLY | O_CLOEXEC), path));
  check(::write(file.get(), text.data(), text.size()), path);
}

void become_root_of_a_user_namespace() {
  const std::string user = std::to_string(::geteuid());
  const std::string group = std::to_string(::getegid());
  check(::unshare(CLONE_NEWUSER), "unshare(CLONE_NEWUSER)");
  write_file("/proc/self/setgroups", "deny");
  write_file("/proc/self/uid_map", "0 " + user + " 1");
  write_file("/proc/self/gid_map", "0 " + group + " 1");
}

void bring_up(const std::string& name) {
  const Fd socket(check(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket"));
  ifreq request{};
  name.copy(request.ifr_name, sizeof request.ifr_name - 1);
  check(::ioctl(socket.get(), SIOCGIFFLAGS, &request), "SIOCGIFFLAGS");
  request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
  check(::ioctl(socket.get(), SIOCSIFFLAGS, &request), "SIOCSIFFLAGS");
}

// One rtnetlink message that asks for an acknowledgement.
class RouteRequest {
 public:
  RouteRequest(std::uint16_t type, std::uint16_t flags) : header_(mnl_nlmsg_put_header(buffer_.data())) {
    header_->nlmsg_type = type;
    header_->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | NLM_F_ACK | flags);
  }

  nlmsghdr* header() { return header_; }

  // 0, or the kernel's errno.
  int run() {
    const std::unique_ptr<mnl_socket, int (*)(mnl_socket*)> socket(
        mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC), mnl_socket_close);
    if (!socket || mnl_socket_sendto(socket.get(), header_, header_->nlmsg_len) < 0) return errno;
    std::array<char, 4096> reply;
    const ssize_t got = mnl_socket_recvfrom(socket.get(), reply.data(), reply.size());
    if (got < 0) return errno;
    return mnl_cb_run(reply.data(), static_cast<std::size_t>(got), 0, 0, nullptr, nullptr) < 0 ? errno : 0;
  }

 private:
  alignas(nlmsghdr) std::array<char, 1024> buffer_{};
  nlmsghdr* header_;
};

int add_interface(const std::string& name, const char* kind) {
  RouteRequest request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
  nlmsghdr* header = request.header();
  mnl_nlmsg_put_extra_header(header, sizeof(ifinfomsg));
  mnl_attr_put_strz(header, IFLA_IFNAME, name.c_str());
  nlattr* info = mnl_attr_nest_start(header, IFLA_LINKINFO);
  mnl_attr_put_strz(header, IFLA_INFO_KIND, kind);
  mnl_attr_nest_end(header, info);
  return request.run();
}

int add_address(std::uint32_t interface, const in6_addr& address) {
  RouteRequest request(RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE);
  auto* message = static_cast<ifaddrmsg*>(mnl_nlmsg_put_extra_header(request.header(), sizeof(ifaddrmsg)));
  message->ifa_family = AF_INET6;
  message->ifa_prefixlen = 64;
  message->ifa_flags = IFA_F_NODAD;  // usable at once
  message->ifa_index = interface;
  mnl_attr_put(request.header(), IFA_LOCAL, sizeof address, &address);
  mnl_attr_put(request.header(), IFA_ADDRESS, sizeof address, &address);
  return request.run();
}

}  // namespace

std::optional<std::string> enter_network_namespace() {
  try {
    if (::unshare(CLONE_NEWNET) != 0) {
      if (errno != EPERM) return "needs network namespaces in the kernel";
      become_root_of_a_user_namespace();
      check(::unshare(CLONE_NEWNET), "unshare(CLONE_NEWNET)");
    }
    bring_up("lo");
  } catch (const std::system_error& failure) {
    return std::string("needs CAP_SYS_ADMIN or user namespaces to make a network namespace: ") +
           failure.what();
  }
  return std::nullopt;
}

std::optional<std::string> enter_network_namespace_of_buckets(std::uint32_t buckets) {
  if (auto reason = enter_network_namespace()) return reason;
  try {
    write_file("/proc/sys/net/ipv4/tcp_child_ehash_entries", std::to_string(buckets));
  } catch (const std::system_error& failure) {
    return std::string("needs Linux 6.1 and a writable /proc/sys/net: ") + failure.what();
  }
  return enter_network_namespace();  // the setting is for the namespaces made from here
}

std::optional<std::string> enter_small_network_namespace() {
  return enter_network_namespace_of_buckets(256);
}

std::optional<std::uint32_t> add_link_local_interface(const std::string& name) {
  if (add_interface(name, "dummy") != 0 && add_interface(name, "veth") != 0) return std::nullopt;
  bring_up(name);
  const std::uint32_t index = ::if_nametoindex(name.c_str());
  in6_addr address{};
  ::inet_pton(AF_INET6, "fe80::1", &address);
  if (const int failed = add_address(index, address); failed != 0) {
    throw std::system_error(failed, std::generic_category(), "RTM_NEWADDR");
  }
  return index;
}

}  // namespace tcptable::test
