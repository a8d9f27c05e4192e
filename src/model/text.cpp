// SPDX-License-Identifier: MIT
// Names and texts of values.
#include <arpa/inet.h>

#include <tcptable/endpoint.hpp>
#include <tcptable/owner.hpp>
#include <tcptable/socket_row.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace tcptable {

bool is_unspecified(const Endpoint& endpoint) {
  return std::all_of(endpoint.address.begin(), endpoint.address.end(),
                     [](std::uint8_t byte) { return byte == 0; });
}

namespace {

// inet_ntop does it by printf, at ten times the price.
std::string ipv4_text(const Endpoint& endpoint) {
  constexpr std::size_t kDigits = 3;
  std::array<char, 4 * (kDigits + 1)> text;
  char* end = text.data();
  for (std::size_t i = 0; i < 4; ++i) {
    end = std::to_chars(end, end + kDigits, endpoint.address[i]).ptr;
    *end++ = '.';
  }
  return {text.data(), end - 1};
}

}  // namespace

std::string address_text(const Endpoint& endpoint) {
  if (endpoint.family == Family::ipv4) return ipv4_text(endpoint);
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(AF_INET6, endpoint.address.data(), text.data(), text.size());
  std::string result(text.data());
  if (endpoint.scope_id != 0) result += "%" + std::to_string(endpoint.scope_id);
  return result;
}

std::string_view to_string(OwnerStatus status) {
  switch (status) {
    case OwnerStatus::not_requested:
      return "not_requested";
    case OwnerStatus::known:
      return "known";
    case OwnerStatus::time_wait:
      return "time_wait";
    case OwnerStatus::orphaned:
      return "orphaned";
    case OwnerStatus::not_permitted:
      return "not_permitted";
    case OwnerStatus::other_pid_namespace:
      return "other_pid_namespace";
    case OwnerStatus::exited:
      return "exited";
    case OwnerStatus::ambiguous:
      return "ambiguous";
    case OwnerStatus::kernel:
      return "kernel";
  }
  return "unknown";
}

std::string_view to_string(State state) {
  switch (state) {
    case State::established:
      return "established";
    case State::syn_sent:
      return "syn_sent";
    case State::syn_recv:
      return "syn_recv";
    case State::fin_wait1:
      return "fin_wait1";
    case State::fin_wait2:
      return "fin_wait2";
    case State::time_wait:
      return "time_wait";
    case State::close:
      return "close";
    case State::close_wait:
      return "close_wait";
    case State::last_ack:
      return "last_ack";
    case State::listen:
      return "listen";
    case State::closing:
      return "closing";
    case State::bound:
      return "bound";
  }
  return "unknown";
}

std::string_view to_string(Protocol protocol) {
  return protocol == Protocol::tcp ? "tcp" : "udp";
}

}  // namespace tcptable
