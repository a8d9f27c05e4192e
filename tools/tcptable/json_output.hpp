// SPDX-License-Identifier: MIT
// Rows as one JSON document, schema 1 (docs/schema.md).
#pragma once

#include <tcptable/snapshot.hpp>

#include <span>
#include <string>

namespace tool {

/// Valid JSON in printable ASCII and one final newline, whatever bytes a process has put into its name.
std::string json_text(const tcptable::Snapshot& snapshot, std::span<const tcptable::SocketRow* const> rows);

}  // namespace tool
