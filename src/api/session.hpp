// SPDX-License-Identifier: MIT
// A session with the kernel and the forced backend given: what tests call.
#pragma once

#include "api/row_changes.hpp"
#include "api/take_snapshot.hpp"

#include <tcptable/session.hpp>

#include <string>

namespace tcptable::api {

struct SessionState {
  sys::Kernel& kernel;
  Query query;
  std::string forced_backend;  ///< Empty for the automatic choice.
  Snapshot now{{}};
  Snapshot before{{}};
  Scratch scratch{};
  RowChanges changes{};
};

Result<const Snapshot*> take_snapshot(SessionState& state);
Result<const Snapshot*> find_owners(SessionState& state);
Result<Changes> take_changes(SessionState& state);

}  // namespace tcptable::api
