// SPDX-License-Identifier: MIT
// Rows as an aligned table.
#pragma once

#include <tcptable/snapshot.hpp>

#include "tcptable/chunked_output.hpp"
#include "tcptable/names.hpp"
#include "tcptable/options.hpp"
#include "tcptable/order.hpp"

namespace tool {

void print_table(const tcptable::Snapshot& snapshot, Rows rows, const Options& options, Names& names,
                 ChunkedOutput& out);

}  // namespace tool
