// SPDX-License-Identifier: MIT
// The Windows functions have no handle, so the process keeps for them what one call took, for the next.
#pragma once

#include "win32/tables/row_order.hpp"

#include <tcptable/session.hpp>

#include <memory>

namespace tcptable::win32 {

struct Workspace {
  Session session;
  RowOrder order;
};

/// The process's workspace, lent to one call; a call that finds it lent gets one of its own for once. Safe
/// for threads and fork: a child has what was not lent when it was made, and nothing waits for a lock that
/// only its parent could open. It goes when the library is unloaded.
class LentWorkspace {
 public:
  /// Errors: as Session::open.
  static Result<LentWorkspace> borrow(const Query& query);

  LentWorkspace(LentWorkspace&&) noexcept = default;
  LentWorkspace& operator=(LentWorkspace&&) noexcept = default;
  ~LentWorkspace();

  Workspace* operator->() const { return workspace_.get(); }

 private:
  explicit LentWorkspace(std::unique_ptr<Workspace> workspace) : workspace_(std::move(workspace)) {}

  std::unique_ptr<Workspace> workspace_;
};

}  // namespace tcptable::win32
