// SPDX-License-Identifier: MIT
#include "tcptable/habits/lsof_selection.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <strings.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <string>

#include "tcptable/habits/rows.hpp"

namespace tool {
namespace {

using tcptable::Endpoint;
using tcptable::Family;
using tcptable::Protocol;
using tcptable::SocketRow;
using tcptable::State;

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

Endpoint endpoint_of(Family family, const void* address) {
  Endpoint endpoint;
  endpoint.family = family;
  std::memcpy(endpoint.address.data(), address, family == Family::ipv4 ? 4 : 16);
  return endpoint;
}

std::vector<Endpoint> numeric_host(const std::string& text) {
  std::array<std::uint8_t, 16> address{};
  if (::inet_pton(AF_INET, text.c_str(), address.data()) == 1)
    return {endpoint_of(Family::ipv4, address.data())};
  if (::inet_pton(AF_INET6, text.c_str(), address.data()) == 1)
    return {shown_as_ipv4(endpoint_of(Family::ipv6, address.data()))};
  return {};
}

std::vector<Endpoint> looked_up_host(const std::string& name) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (::getaddrinfo(name.c_str(), nullptr, &hints, &list) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(list, ::freeaddrinfo);
  std::vector<Endpoint> hosts;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    if (entry->ai_family == AF_INET)
      hosts.push_back(
          endpoint_of(Family::ipv4, &reinterpret_cast<const sockaddr_in*>(entry->ai_addr)->sin_addr));
    if (entry->ai_family == AF_INET6)
      hosts.push_back(
          endpoint_of(Family::ipv6, &reinterpret_cast<const sockaddr_in6*>(entry->ai_addr)->sin6_addr));
  }
  return hosts;
}

std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::uint16_t> service_port(const std::string& name, const char* protocol) {
  std::array<char, 4096> buffer;
  servent entry{};
  servent* found = nullptr;
  ::getservbyname_r(name.c_str(), protocol, &entry, buffer.data(), buffer.size(), &found);
  if (found == nullptr) return std::nullopt;
  return ntohs(static_cast<std::uint16_t>(found->s_port));
}

// Takes the argument apart from left to right.
class AddressParser {
 public:
  AddressParser(std::string_view text, bool resolve) : text_(text), rest_(text), resolve_(resolve) {}

  std::variant<InternetAddress, NotUnderstood> parse() {
    take_family();
    auto wrong = take_protocol();
    if (!wrong) wrong = take_host();
    if (!wrong) wrong = take_ports();
    if (wrong) return std::move(*wrong);
    return std::move(address_);
  }

 private:
  NotUnderstood wrong(std::string_view what) const { return {fmt::format("-i {}: {}", text_, what)}; }

  void take_family() {
    if (!rest_.starts_with('4') && !rest_.starts_with('6')) return;
    address_.family = rest_.front() == '4' ? Family::ipv4 : Family::ipv6;
    rest_.remove_prefix(1);
  }

  std::optional<NotUnderstood> take_protocol() {
    const std::string_view name = rest_.substr(0, rest_.find_first_of("@:"));
    rest_.remove_prefix(name.size());
    if (name.empty()) return std::nullopt;
    if (equal_ignoring_case(name, "tcp")) {
      address_.protocol = Protocol::tcp;
    } else if (equal_ignoring_case(name, "udp")) {
      address_.protocol = Protocol::udp;
    } else {
      return wrong("neither tcp nor udp");
    }
    return std::nullopt;
  }

  std::optional<NotUnderstood> take_host() {
    if (!rest_.starts_with('@')) return std::nullopt;
    rest_.remove_prefix(1);
    std::size_t end = std::min(rest_.find(':'), rest_.size());
    std::string host(rest_.substr(0, end));
    if (rest_.starts_with('[')) {
      const std::size_t bracket = rest_.find(']');
      if (bracket == rest_.npos) return wrong("no ] after the address");
      host = rest_.substr(1, bracket - 1);
      end = bracket + 1;
    }
    rest_.remove_prefix(end);
    address_.hosts = numeric_host(host);
    if (address_.hosts.empty() && !resolve_)
      return wrong("the host is no address, and its name is looked up only with --resolve");
    if (address_.hosts.empty()) address_.hosts = looked_up_host(host);
    if (address_.hosts.empty()) return wrong("no such host");
    const auto is_other = [&](const Endpoint& one) {
      return address_.family && one.family != *address_.family;
    };
    if (std::all_of(address_.hosts.begin(), address_.hosts.end(), is_other))
      return wrong("the address is not of this family");
    return std::nullopt;
  }

  std::optional<NotUnderstood> take_ports() {
    if (rest_.empty()) return std::nullopt;
    if (rest_.front() != ':' || rest_.size() == 1) return wrong("a port was expected");
    rest_.remove_prefix(1);
    while (!rest_.empty()) {
      const std::string_view one = rest_.substr(0, rest_.find(','));
      rest_.remove_prefix(std::min(one.size() + 1, rest_.size()));
      if (!add_numbers(one) && !add_service(std::string(one))) return wrong("no such port or service");
    }
    return std::nullopt;
  }

  bool add_numbers(std::string_view text) {
    const std::size_t dash = std::min(text.find('-'), text.size());
    const auto first = port_number(text.substr(0, dash));
    const auto last = dash == text.size() ? first : port_number(text.substr(dash + 1));
    if (!first || !last || *first > *last) return false;
    address_.ports.push_back({*first, *last});
    return true;
  }

  bool add_service(const std::string& name) {
    const std::size_t before = address_.ports.size();
    for (const Protocol protocol : {Protocol::tcp, Protocol::udp}) {
      if (address_.protocol && *address_.protocol != protocol) continue;
      if (const auto port = service_port(name, to_string(protocol).data()))
        address_.ports.push_back({*port, *port});
    }
    return address_.ports.size() > before;
  }

  std::string_view text_;
  std::string_view rest_;
  bool resolve_;
  InternetAddress address_;
};

bool is_end(const InternetAddress& wanted, const Endpoint& end) {
  Endpoint host = shown_as_ipv4(end);
  host.port = 0;
  const bool right_host =
      wanted.hosts.empty() || std::find(wanted.hosts.begin(), wanted.hosts.end(), host) != wanted.hosts.end();
  const auto has_port = [&](const PortRange& range) {
    return range.first <= end.port && end.port <= range.last;
  };
  const bool right_port =
      wanted.ports.empty() || std::any_of(wanted.ports.begin(), wanted.ports.end(), has_port);
  return right_host && right_port;
}

std::optional<State> state_named(std::string_view name) {
  SocketRow row;
  for (int number = 1; number <= static_cast<int>(State::closing); ++number) {
    row.state = static_cast<State>(number);
    if (equal_ignoring_case(bsd_state(row), name)) return row.state;
  }
  return std::nullopt;
}

}  // namespace

std::variant<InternetAddress, NotUnderstood> parse_internet_address(std::string_view text, bool resolve) {
  return AddressParser(text, resolve).parse();
}

bool matches(const InternetAddress& wanted, const SocketRow& row) {
  if (wanted.protocol && row.protocol != *wanted.protocol) return false;
  const bool only_family = !wanted.protocol && wanted.hosts.empty() && wanted.ports.empty();
  // A family alone is the socket's; with more, that of the addresses on it: lsof takes them so.
  const Family family = only_family ? row.local.family : shown_as_ipv4(row.local).family;
  if (wanted.family && family != *wanted.family) return false;
  if (wanted.hosts.empty() && wanted.ports.empty()) return true;
  const bool has_peer = row.remote.port != 0;
  return is_end(wanted, row.local) || (has_peer && is_end(wanted, row.remote));
}

std::optional<NotUnderstood> add_states(std::string_view text, StateChoice& choice) {
  const std::string_view protocol = text.substr(0, text.find(':'));
  if (!equal_ignoring_case(protocol, "tcp") || text.size() <= protocol.size() + 1)
    return NotUnderstood{fmt::format("-s {}: TCP:STATE was expected", text)};
  text.remove_prefix(protocol.size() + 1);
  while (!text.empty()) {
    std::string_view name = text.substr(0, text.find(','));
    text.remove_prefix(std::min(name.size() + 1, text.size()));
    const bool left_out = name.starts_with('^');
    if (left_out) name.remove_prefix(1);
    const auto state = state_named(name);
    if (!state) return NotUnderstood{fmt::format("-s: no state {}", name)};
    tcptable::StateSet& states = left_out ? choice.left_out : choice.listed;
    states = states.with(*state);
  }
  return std::nullopt;
}

bool matches(const StateChoice& choice, const SocketRow& row) {
  if (row.protocol == Protocol::udp) return choice.listed.empty();
  return !choice.left_out.contains(row.state) && (choice.listed.empty() || choice.listed.contains(row.state));
}

}  // namespace tool
