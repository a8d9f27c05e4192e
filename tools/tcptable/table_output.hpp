// SPDX-License-Identifier: MIT
// Rows as an aligned table.
#pragma once

#include <tcptable/snapshot.hpp>

#include <span>
#include <string>

#include "tcptable/names.hpp"
#include "tcptable/options.hpp"

namespace tool {

std::string table_text(const tcptable::Snapshot& snapshot, std::span<const tcptable::SocketRow* const> rows,
                       const Options& options, Names& names);

}  // namespace tool
