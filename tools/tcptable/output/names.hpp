// SPDX-License-Identifier: MIT
// Numbers into words: owners, users and interfaces always, hosts and services only when asked. Each is looked
// up once.
#pragma once

#include <tcptable/snapshot.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "tcptable/output/display.hpp"
#include "tcptable/output/host_names.hpp"

namespace tool {

/// The state as the table calls it: the library's name, but "unconnected" for a UDP socket without a peer.
std::string_view state_word(const tcptable::SocketRow& row);

class Names {
 public:
  struct Owner {
    DisplayText pid;
    DisplayText name;
  };

  explicit Names(bool resolve) : resolve_(resolve) {}

  /// Of nullptr: "-" and "-".
  const Owner& owner(const tcptable::Process* process);
  /// Must be called before a process's address is used for another.
  void forget_owners() { owners_.clear(); }
  /// The user's name, or the number without one; "-" when the kernel doesn't know the user.
  const DisplayText& user(std::optional<std::uint32_t> uid);
  /// An interface's name, or its index without one; "*" for 0.
  const DisplayText& interface(std::uint32_t index);
  /// Looks up the hosts of all rows at once; returns how many the resolver has not answered in the few
  /// seconds that all its answers together may take. Their addresses are shown.
  std::size_t look_up_hosts(std::span<const tcptable::SocketRow* const> rows);
  DisplayText host(const tcptable::Endpoint& endpoint);
  /// "*" for 0.
  DisplayText port(std::uint16_t number, tcptable::Protocol protocol);
  /// How wide those are, for less than they cost where they are numbers.
  std::size_t host_width(const tcptable::Endpoint& endpoint);
  std::size_t port_width(std::uint16_t number, tcptable::Protocol protocol);

 private:
  std::size_t wait_for_hosts();

  bool resolve_;
  std::chrono::milliseconds patience_{3000};
  std::unordered_map<const tcptable::Process*, Owner> owners_;
  std::unordered_map<std::optional<std::uint32_t>, DisplayText> users_;
  std::unordered_map<std::uint32_t, DisplayText> interfaces_;
  HostNames hosts_;
  std::map<std::pair<std::uint16_t, tcptable::Protocol>, DisplayText> ports_;
};

}  // namespace tool
