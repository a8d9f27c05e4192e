// SPDX-License-Identifier: MIT
// All that can be said about one socket: what the kernel counts for it, what its process is. Reads that
// socket and that process alone.
#pragma once

#include <tcptable/connection.hpp>
#include <tcptable/process.hpp>

#include <optional>
#include <string>
#include <vector>

#include "tcptable/output/names.hpp"
#include "tcptable/top/view/view_state.hpp"

namespace tool::top {

struct OwnerFacts {
  tcptable::ProcessDescription description;
  tcptable::Result<std::string> command_line;  ///< As command_line_of gives it.
  std::optional<tcptable::Process> parent;
};

struct SocketFacts {
  tcptable::SocketRow row;  ///< As the table has it.
  /// The same socket now, by its cookie.
  tcptable::Result<tcptable::SocketDetails> now;
  /// Absent: the table has no owner for it.
  std::optional<tcptable::Result<OwnerFacts>> owner;
};

SocketFacts read_facts(const tcptable::SocketRow& row, const tcptable::Process* owner);

/// Everything as labels and texts fit for a terminal.
std::vector<Detail> details_of(const SocketFacts& facts, Names& names);

}  // namespace tool::top
