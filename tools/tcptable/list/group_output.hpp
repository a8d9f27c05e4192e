// SPDX-License-Identifier: MIT
// Rows counted and summed by what they have in common.
#pragma once

#include <tcptable/snapshot.hpp>

#include "tcptable/columns/row_reader.hpp"
#include "tcptable/list/options.hpp"
#include "tcptable/list/order.hpp"
#include "tcptable/output/chunked_output.hpp"

namespace tool {

/// A line for each combination of values in the columns of --group-by, the one with most sockets first: the
/// values, how many sockets have them, and the sums of those chosen columns that can be summed.
void print_groups(const tcptable::Snapshot& snapshot, Rows rows, const Options& options, RowReader& reader,
                  ChunkedOutput& out);

}  // namespace tool
