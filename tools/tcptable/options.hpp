// SPDX-License-Identifier: MIT
// What the command line asks for.
#pragma once

#include <tcptable/query.hpp>

#include <string>
#include <variant>

namespace tool {

enum class ExitStatus { found = 0, nothing = 1, usage = 2, partial = 3, not_permitted = 4, failed = 5 };

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

/// What --help or --version prints.
struct Information {
  std::string text;
};

/// One line without its newline, fit for a terminal.
struct UsageError {
  std::string text;
};

std::variant<Options, Information, UsageError> parse_options(int count, const char* const* words);

}  // namespace tool
