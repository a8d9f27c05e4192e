// SPDX-License-Identifier: MIT
// The answer for programs: docs/schema.md, "who".
#pragma once

#include <tcptable/snapshot.hpp>

#include "tcptable/output/chunked_output.hpp"
#include "tcptable/who/answer.hpp"

namespace tool::who {

/// One document, and a newline.
void print_json(const tcptable::Snapshot& snapshot, const Answer& answer, ChunkedOutput& out);

}  // namespace tool::who
