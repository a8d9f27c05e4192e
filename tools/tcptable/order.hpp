// SPDX-License-Identifier: MIT
// The order of the lines.
#pragma once

#include <tcptable/snapshot.hpp>

#include <vector>

#include "tcptable/options.hpp"
#include "tcptable/resolve.hpp"

namespace tool {

/// The rows that are shown, in the order in which they are shown. Ties keep the kernel's order.
std::vector<const tcptable::SocketRow*> ordered_rows(const tcptable::Snapshot& snapshot,
                                                     const Options& options, Names& names);

}  // namespace tool
