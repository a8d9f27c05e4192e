// SPDX-License-Identifier: MIT
// Look-ups in the system's databases, and what is remembered of them.
#include "tcptable/output/names.hpp"

#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pwd.h>

#include <algorithm>
#include <array>
#include <vector>

namespace tool {
namespace {

std::string user_name(std::uint32_t uid) {
  std::vector<char> buffer(16 * 1024);
  passwd entry{};
  passwd* found = nullptr;
  getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
  return found != nullptr ? found->pw_name : std::to_string(uid);
}

std::string interface_name(std::uint32_t index) {
  std::array<char, IF_NAMESIZE> name;
  return if_indextoname(index, name.data()) != nullptr ? name.data() : std::to_string(index);
}

std::string service_name(std::uint16_t port, tcptable::Protocol protocol) {
  std::array<char, 4096> buffer;
  servent entry{};
  servent* found = nullptr;
  getservbyport_r(htons(port), to_string(protocol).data(), &entry, buffer.data(), buffer.size(), &found);
  return found != nullptr ? found->s_name : std::to_string(port);
}

std::size_t digits_of(unsigned number) {
  std::size_t digits = 1;
  for (; number >= 10; number /= 10) ++digits;
  return digits;
}

}  // namespace

std::string_view state_word(const tcptable::SocketRow& row) {
  const bool no_peer = row.protocol == tcptable::Protocol::udp && row.state == tcptable::State::close;
  return no_peer ? "unconnected" : to_string(row.state);
}

const Names::Owner& Names::owner(const tcptable::Process* process) {
  const auto [at, is_new] = owners_.try_emplace(process);
  if (is_new) {
    at->second.pid = escape(process != nullptr ? std::to_string(process->pid) : "-");
    at->second.name = escape(process != nullptr ? std::string_view(process->name) : "-");
  }
  return at->second;
}

const DisplayText& Names::user(std::optional<std::uint32_t> uid) {
  const auto [at, is_new] = users_.try_emplace(uid);
  if (is_new) at->second = escape(uid ? user_name(*uid) : "-");
  return at->second;
}

const DisplayText& Names::interface(std::uint32_t index) {
  const auto [at, is_new] = interfaces_.try_emplace(index);
  if (is_new) at->second = escape(index != 0 ? interface_name(index) : "*");
  return at->second;
}

std::size_t Names::wait_for_hosts() {
  const auto start = std::chrono::steady_clock::now();
  const std::size_t to_come = hosts_.wait(patience_);
  const auto waited = std::chrono::steady_clock::now() - start;
  patience_ -= std::min(patience_, std::chrono::ceil<std::chrono::milliseconds>(waited));
  return to_come;
}

std::size_t Names::look_up_hosts(std::span<const tcptable::SocketRow* const> rows) {
  if (!resolve_) return 0;
  for (const tcptable::SocketRow* row : rows) {
    for (const tcptable::Endpoint* end : {&row->local, &row->remote})
      if (!is_unspecified(*end)) hosts_.ask(*end);
  }
  return wait_for_hosts();
}

DisplayText Names::host(const tcptable::Endpoint& endpoint) {
  std::string name;
  if (resolve_ && !is_unspecified(endpoint)) {
    if (hosts_.ask(endpoint)) wait_for_hosts();
    name = hosts_.find(endpoint);
  }
  return escape(name.empty() ? address_text(endpoint) : name);
}

DisplayText Names::port(std::uint16_t number, tcptable::Protocol protocol) {
  if (number == 0) return escape("*");
  if (!resolve_) return escape(std::to_string(number));
  const auto [at, is_new] = ports_.try_emplace({number, protocol});
  if (is_new) at->second = escape(service_name(number, protocol));
  return at->second;
}

std::size_t Names::host_width(const tcptable::Endpoint& endpoint) {
  if (resolve_ || endpoint.family != tcptable::Family::ipv4) return host(endpoint).width();
  constexpr std::size_t kBytes = 4;
  std::size_t width = kBytes - 1;  // the points between them
  for (std::size_t i = 0; i < kBytes; ++i) width += digits_of(endpoint.address[i]);
  return width;
}

std::size_t Names::port_width(std::uint16_t number, tcptable::Protocol protocol) {
  return resolve_ || number == 0 ? port(number, protocol).width() : digits_of(number);
}

}  // namespace tool
