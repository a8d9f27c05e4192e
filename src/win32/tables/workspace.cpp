// SPDX-License-Identifier: MIT
#include "win32/tables/workspace.hpp"

#include "sys/lasting.hpp"
#include "win32/forks.hpp"

#include <mutex>
#include <utility>

namespace tcptable::win32 {
namespace {

std::mutex& idle_lock() {
  static constinit std::mutex lock;
  return lock;
}
[[maybe_unused]] const bool held = hold_over_forks<idle_lock>();

constinit sys::Lasting<std::unique_ptr<Workspace>> idle;
const sys::GivenUpAtTheEnd given_up(idle_lock(), *idle);

}  // namespace

Result<LentWorkspace> LentWorkspace::borrow(const Query& query) {
  std::unique_ptr<Workspace> workspace;
  {
    const std::lock_guard guard(idle_lock());
    workspace = std::move(*idle);
  }
  if (workspace == nullptr) {
    auto session = Session::open(query);
    if (!session) return tl::unexpected(session.error());
    workspace = std::make_unique<Workspace>(Workspace{std::move(*session), {}});
  } else if (auto set = workspace->session.set_query(query); !set) {
    return tl::unexpected(set.error());
  }
  return LentWorkspace(std::move(workspace));
}

LentWorkspace::~LentWorkspace() {
  if (workspace_ == nullptr) return;
  const std::lock_guard guard(idle_lock());
  if (*idle == nullptr) *idle = std::move(workspace_);
}

}  // namespace tcptable::win32
