// SPDX-License-Identifier: MIT
// The arguments of lsof's -i and -s, and which sockets they choose.
#pragma once

#include <tcptable/query.hpp>
#include <tcptable/socket_row.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "tcptable/habits/words.hpp"

namespace tool {

struct PortRange {
  std::uint16_t first;
  std::uint16_t last;
};

/// [46][PROTOCOL][@HOST][:PORTS], parsed. Host and port must be of the same end of the socket.
struct InternetAddress {
  std::optional<tcptable::Family> family;
  std::optional<tcptable::Protocol> protocol;
  std::vector<tcptable::Endpoint> hosts;  ///< Their ports are 0; empty for any.
  std::vector<PortRange> ports;           ///< Empty for any.
};

/// A host's name is looked up, by DNS where that is set up, only with `resolve`.
std::variant<InternetAddress, NotUnderstood> parse_internet_address(std::string_view text, bool resolve);

bool matches(const InternetAddress& wanted, const tcptable::SocketRow& row);

/// "TCP:LISTEN,^CLOSE_WAIT": states to list and to leave out.
struct StateChoice {
  tcptable::StateSet listed;  ///< Empty for all but those left out, and UDP.
  tcptable::StateSet left_out;
};

/// Adds what `text` says.
std::optional<NotUnderstood> add_states(std::string_view text, StateChoice& choice);

bool matches(const StateChoice& choice, const tcptable::SocketRow& row);

}  // namespace tool
