// SPDX-License-Identifier: MIT
// What the command line asks for.
#pragma once

#include <tcptable/query.hpp>

#include <string>
#include <variant>

namespace tool {

enum class SortField { state, local, local_port, remote, remote_port, pid, process, user };

struct Options {
  tcptable::Query query;
  bool listeners = false;
  bool resolve = false;
  bool json = false;
  bool strict = false;
  bool header = true;
  bool color = false;
  bool sorted = false;  ///< --sort was given; else the tool's own order.
  SortField sort = SortField::local_port;
  bool descending = false;
};

/// The run ends here: text for standard output (status 0) or one line for standard error (status 2).
struct EarlyExit {
  int status;
  std::string text;
};

std::variant<Options, EarlyExit> parse_options(int count, const char* const* words);

}  // namespace tool
