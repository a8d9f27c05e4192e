// SPDX-License-Identifier: MIT
// What the table can't say, in one line.
#pragma once

#include <tcptable/snapshot.hpp>

#include <string>
#include "tcptable/list/order.hpp"

namespace tool {

/// "41 of 312 sockets have no owner: 14 time_wait, 27 not permitted; run as root to see them\n", or nothing
/// when every row is there and has its owner. What it advises depends on whether the viewer is root.
std::string closing_line(Rows shown, const tcptable::Completeness& completeness, bool viewer_is_root);

/// A row may be missing, or a row shown has an owner that more rights or another pid namespace would show.
bool is_partial(Rows shown, const tcptable::Completeness& completeness);

}  // namespace tool
