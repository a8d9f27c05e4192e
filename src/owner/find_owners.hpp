// SPDX-License-Identifier: MIT
// Finds the holders of all rows, and says why a row has none.
#pragma once

#include "owner/holder_walk.hpp"

namespace tcptable::owner {

struct FindOwners {
  OwnedRows owned;
  /// Reads the rows once more, so that a socket without holder can be told from one that has been closed
  /// meanwhile.
  RereadRows reread;
};

/// Fills owner_status and holders of every row, and processes. The listeners of connections that wait
/// to be accepted must be among the rows; no row may have an owner yet.
Result<Completeness> find_owners(sys::Kernel& kernel, HolderWalk& walk, const FindOwners& wanted);

}  // namespace tcptable::owner
