// SPDX-License-Identifier: MIT
// What the live table can show of a socket: one table, read by the view, by sorting, by the chooser and by
// -o.
#pragma once

#include <tcptable/query.hpp>

#include <compare>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tcptable/output/names.hpp"
#include "tcptable/top/model/sockets.hpp"

namespace tool::top {

/// Position in all_columns().
using ColumnId = std::size_t;

/// What the texts of a row are made from.
struct Lookups {
  Owners& owners;
  Names& names;
};

/// A row's place in a column's order: by number, then by text. What is unknown comes last.
struct SortKey {
  std::uint64_t number = 0;
  std::string_view text;  ///< Lives as long as the socket and the look-ups.
  friend auto operator<=>(const SortKey&, const SortKey&) = default;
};

/// A wish of the query without which the column stays empty.
using Wish = bool tcptable::Query::*;

struct Column {
  std::string_view name;  ///< As -o and --sort name it.
  std::string_view heading;
  std::string_view meaning;
  bool to_the_right;
  bool usual;             ///< Shown when nothing else was asked for.
  std::size_t narrowest;  ///< Cells; it is left out where there is no room for them.
  Wish wish;              ///< Or nullptr.
  DisplayText (*text)(const Socket& socket, Lookups& lookups);
  SortKey (*key)(const Socket& socket, Lookups& lookups);
};

std::span<const Column> all_columns();
/// all_columns().size() where there is none of that name.
ColumnId column_named(std::string_view name);
std::vector<ColumnId> usual_columns();

/// Of TCP what listens, of UDP what has no peer.
bool is_listening(const tcptable::SocketRow& row);

}  // namespace tool::top
