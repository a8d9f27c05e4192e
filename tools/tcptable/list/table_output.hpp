// SPDX-License-Identifier: MIT
// Rows as an aligned table.
#pragma once

#include <tcptable/snapshot.hpp>

#include "tcptable/list/options.hpp"
#include "tcptable/list/order.hpp"
#include "tcptable/output/chunked_output.hpp"
#include "tcptable/output/names.hpp"

namespace tool {

void print_table(const tcptable::Snapshot& snapshot, Rows rows, const Options& options, Names& names,
                 ChunkedOutput& out);

}  // namespace tool
