// SPDX-License-Identifier: MIT
// What the list shall show, and how.
#pragma once

#include <tcptable/query.hpp>

#include <variant>

#include "tcptable/command_line/arguments.hpp"

namespace tool {

/// `usual`: listeners first, then by local port.
enum class SortField { usual, state, local, local_port, remote, remote_port, pid, process, user };

struct Options {
  tcptable::Query query;
  bool listeners = false;
  bool resolve = false;
  bool json = false;
  bool strict = false;
  bool header = true;
  bool color = false;
  SortField sort = SortField::usual;
  bool descending = false;
};

std::variant<Options, UsageError> list_options(const Arguments& arguments);

}  // namespace tool
