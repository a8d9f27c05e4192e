// SPDX-License-Identifier: MIT
// What the table can't say, in one line.
#pragma once

#include <tcptable/snapshot.hpp>

#include <string>
#include "tcptable/list/order.hpp"

namespace tool {

/// Who looks, as far as other users' processes are concerned.
enum class Viewer {
  user,
  root,     ///< Without the capabilities.
  capable,  ///< With CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH, root or not.
};

/// This process.
Viewer this_viewer();

/// "41 of 312 sockets have no owner: 14 time_wait, 27 not permitted; run as root to see them\n", or nothing
/// when every row is there and has its owner. What it advises depends on the viewer.
std::string closing_line(Rows shown, const tcptable::Completeness& completeness, Viewer viewer);

/// Have all namespaces that were asked for been read, each at one moment?
bool has_all_rows(const tcptable::Completeness& completeness);

/// A row may be missing, or a row shown has an owner that more rights or another pid namespace would show.
bool is_partial(Rows shown, const tcptable::Completeness& completeness);

}  // namespace tool
