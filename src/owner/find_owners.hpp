// SPDX-License-Identifier: MIT
// Finds the holders of all rows, and says why a row has none.
#pragma once

#include "owner/attribution.hpp"
#include "sys/kernel.hpp"

#include <functional>

namespace tcptable::owner {

/// Reads the rows once more, so that a socket without holder can be told from one that has been closed
/// meanwhile.
using RereadRows = std::function<Result<std::vector<SocketRow>>()>;

/// Fills owner_status and holders of every row, and processes. The listeners of connections that wait
/// to be accepted must be among the rows.
Result<Completeness> find_owners(sys::Kernel& kernel, const OwnedRows& owned, const RereadRows& reread);

}  // namespace tcptable::owner
