// SPDX-License-Identifier: MIT
// Rows as one JSON document, schema 1 (docs/schema.md).
#pragma once

#include <tcptable/snapshot.hpp>

#include "tcptable/list/order.hpp"
#include "tcptable/output/chunked_output.hpp"

namespace tool {

/// Valid JSON in printable ASCII and one final newline, whatever bytes a process has put into its name.
void print_json(const tcptable::Snapshot& snapshot, Rows rows, ChunkedOutput& out);

}  // namespace tool
