// SPDX-License-Identifier: MIT
// What the viewer has chosen to see of the sockets, and in which order. Plain data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tcptable/columns/column.hpp"
#include "tcptable/filter/expression.hpp"

namespace tool::top {

enum class Grouping : std::uint8_t { none, process, unit };

inline constexpr int kGroupingCount = 3;

/// "none", "process", "unit".
std::string_view to_string(Grouping grouping);

struct Choices {
  bool ipv4 = true;
  bool ipv6 = true;
  bool tcp = true;
  bool udp = true;
  bool listening = true;    ///< Of UDP: without a peer.
  bool established = true;  ///< Of UDP: with a peer.
  bool other = true;        ///< Connections that begin or end.
  Columns columns = default_columns();
  const Column* sort = nullptr;  ///< nullptr: listeners first, then by port.
  bool descending = false;
  Grouping grouping = Grouping::none;
  filter::Expression filter;
  std::string filter_text;  ///< As it was typed.
};

/// By whose value sockets are grouped; of the process its pid counts, too.
const Column& group_column(Grouping grouping);

/// The protocol first, where there may be both, then those chosen.
Columns shown_columns(const Choices& choices);

/// Of TCP what listens, of UDP what has no peer.
bool is_listening(const tcptable::SocketRow& row);

/// Asks for what the choices show, and no more.
tcptable::Query query_for(const Choices& choices);

/// Whether a change from `a` to `b` makes sockets come and go that neither opened nor closed.
bool asks_for_other_rows(const tcptable::Query& a, const tcptable::Query& b);

/// Whether `b` asks for something that `a` has not brought.
bool asks_for_more(const tcptable::Query& a, const tcptable::Query& b);

/// Whether the toggles let the socket through.
bool is_chosen(const tcptable::SocketRow& row, const Choices& choices);

}  // namespace tool::top
