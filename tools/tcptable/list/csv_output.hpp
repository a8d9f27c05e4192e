// SPDX-License-Identifier: MIT
// Rows as CSV (RFC 4180).
#pragma once

#include <vector>

#include "tcptable/columns/row_reader.hpp"
#include "tcptable/list/options.hpp"
#include "tcptable/list/order.hpp"
#include "tcptable/output/chunked_output.hpp"

namespace tool {

/// Lines end with CR LF; the first has the columns' names. Numbers are in the units that docs/schema.md
/// gives; what is not known is empty. Characters that a terminal would obey are escaped as in the table.
void print_csv(Rows rows, const Options& options, RowReader& reader, ChunkedOutput& out);

/// One line of such a document.
void print_csv_line(const std::vector<Value>& values, ChunkedOutput& out);
void print_csv_heading(const std::vector<std::string_view>& names, ChunkedOutput& out);

}  // namespace tool
