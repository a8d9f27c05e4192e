// SPDX-License-Identifier: MIT
// What is different between two snapshots. Pure.
#pragma once

#include <tcptable/session.hpp>

#include <cstdint>
#include <vector>

namespace tcptable::api {

/// The differences, and memory for finding them, which serves again.
struct RowChanges {
  std::vector<std::uint32_t> added;
  std::vector<std::uint32_t> removed;
  std::vector<RowChange> changed;
  std::vector<std::uint32_t> slots;
  std::vector<std::uint8_t> is_kept;  ///< For each row of the earlier snapshot.
};

/// Each in the order of its snapshot. Linear. `by_cookie`: the rows have cookies.
void find_changes(const Snapshot& before, const Snapshot& now, bool by_cookie, RowChanges& changes);

}  // namespace tcptable::api
