// SPDX-License-Identifier: MIT
// The three forms of lsof's output: lines, pids, fields.
#pragma once

#include <tcptable/tcptable.hpp>

#include <span>
#include <string>

#include "tcptable/habits/holders.hpp"
#include "tcptable/output/chunked_output.hpp"

namespace tool {

/// One descriptor that is a socket.
struct OpenSocket {
  Holder holder;
  const tcptable::SocketRow* row;
};

struct LsofStyle {
  bool terse = false;
  std::string fields;  ///< Letters; empty for lines.
  bool numeric_ports = false;
  bool numeric_users = false;
  bool resolve = false;
  std::size_t command_width = 9;
};

inline constexpr std::string_view kLsofFields = "afcdLnPptTu0";

/// `sockets` are in the order of their pids.
void print_lsof(std::span<const OpenSocket> sockets, const LsofStyle& style, ChunkedOutput& out);

}  // namespace tool
