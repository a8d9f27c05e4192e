// SPDX-License-Identifier: MIT
// Rows as an aligned table.
#pragma once

#include "tcptable/columns/row_reader.hpp"
#include "tcptable/list/options.hpp"
#include "tcptable/list/order.hpp"
#include "tcptable/output/chunked_output.hpp"

namespace tool {

void print_table(Rows rows, const Options& options, RowReader& reader, ChunkedOutput& out);

}  // namespace tool
