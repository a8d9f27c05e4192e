// SPDX-License-Identifier: MIT
// Which key does what in which mode: one table, read by the controller, the help and the tests.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tcptable/top/input/key.hpp"

namespace tool::top {

enum class Action : std::uint8_t {
  quit,
  help,
  back,  ///< Leaves the mode; in the table: closes the details, then clears search and filter.
  up,
  down,
  page_up,
  page_down,
  first,
  last,
  columns_left,
  columns_right,
  open,  ///< Details of a socket, folding of a group; takes what a prompt has.
  pause,
  refresh,
  search,
  search_next,
  search_previous,
  filter,
  columns,
  toggle_column,
  sort_next,
  sort_previous,
  reverse,
  group,
  toggle_tcp,
  toggle_udp,
  toggle_listening,
  toggle_established,
  toggle_other,
  details_up,
  details_down,
  erase,  ///< The last character of a prompt.
  erase_all,
};

struct Binding {
  Mode mode;
  Key key;
  Action action;
  std::string_view meaning;  ///< What the help says; empty: another key's line says it.
};

std::span<const Binding> all_bindings();

/// nullopt: the key means nothing in the mode, or is text for its prompt.
std::optional<Action> action_for(Mode mode, Key key);

/// "space", "PgUp", "^L", "q": how the help names the key.
std::string key_name(Key key);

}  // namespace tool::top
