// SPDX-License-Identifier: MIT
// Rows as JSON, schema 1 (docs/schema.md): valid, in printable ASCII, whatever bytes a process has put into
// its name.
#pragma once

#include <tcptable/snapshot.hpp>

#include "tcptable/columns/row_reader.hpp"
#include "tcptable/list/options.hpp"
#include "tcptable/list/order.hpp"
#include "tcptable/output/chunked_output.hpp"
#include "tcptable/output/json_text.hpp"

namespace tool {

/// One document, and a newline.
void print_json(const tcptable::Snapshot& snapshot, Rows rows, const Options& options, RowReader& reader,
                ChunkedOutput& out);

/// Each row a line: an object as the document's `sockets` has.
void print_ndjson(const tcptable::Snapshot& snapshot, Rows rows, const Options& options, RowReader& reader,
                  ChunkedOutput& out);

/// `schema`, `backend` and `complete` of a document, into its open object.
void write_source(const tcptable::Snapshot& snapshot, JsonWriter& writer);

/// One socket as an element of the document's `sockets`.
void write_socket(const tcptable::Snapshot& snapshot, const tcptable::SocketRow& row, JsonWriter& writer);

/// A number, a string, or null.
void write_value(const Column& column, const Value& value, JsonWriter& writer);

}  // namespace tool
