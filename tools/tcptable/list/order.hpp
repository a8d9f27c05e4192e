// SPDX-License-Identifier: MIT
// Which rows are shown, and in which order.
#pragma once

#include <tcptable/snapshot.hpp>

#include <span>
#include <vector>

#include "tcptable/columns/row_reader.hpp"
#include "tcptable/list/options.hpp"

namespace tool {

using Rows = std::span<const tcptable::SocketRow* const>;

/// The rows that are shown, as they are shown: listeners first, then by local port and what else tells two
/// rows apart; --sort puts its column before all that. A row without a value sorts behind those with one.
std::vector<const tcptable::SocketRow*> ordered_rows(const tcptable::Snapshot& snapshot,
                                                     const Options& options, RowReader& reader);

}  // namespace tool
