// SPDX-License-Identifier: MIT
#include "owner/find_owners.hpp"

#include <fcntl.h>

#include <array>
#include <string_view>

#include "model/row_rules.hpp"

namespace tcptable::owner {
namespace {

bool in_initial_pid_namespace(sys::Kernel& kernel) {
  constexpr std::string_view kInitial = "pid:[4026531836]";  // PROC_PID_INIT_INO, linux/proc_ns.h
  std::array<char, 32> target;
  const ssize_t length = kernel.readlinkat(AT_FDCWD, "/proc/self/ns/pid", target.data(), target.size());
  return length > 0 && std::string_view(target.data(), static_cast<std::size_t>(length)) == kInitial;
}

void mark_ownerless(const OwnedRows& owned, OwnerStatus status) {
  for (const std::uint32_t row : owned.open) {
    if (lacks_holder(owned.rows[row])) owned.rows[row].owner_status = status;
  }
}

// Why the sockets that no process was found to hold have no owner.
Result<void> explain_missing(sys::Kernel& kernel, const WalkView& view, HolderWalk& walk,
                             const FindOwners& wanted) {
  const OwnedRows& owned = wanted.owned;
  if (!any_lacks_holder(owned)) return {};
  if (!view.all) {
    mark_ownerless(owned, OwnerStatus::not_permitted);
  } else if (!in_initial_pid_namespace(kernel)) {
    mark_ownerless(owned, OwnerStatus::other_pid_namespace);
  } else {
    // Everybody's descriptors were read and nobody has these: closed since, or the kernel's.
    if (auto marked = walk.mark_exited(owned, wanted.reread); !marked) return marked;
    mark_ownerless(owned, OwnerStatus::kernel);
  }
  return {};
}

}  // namespace

Result<Completeness> find_owners(sys::Kernel& kernel, HolderWalk& walk, const FindOwners& wanted) {
  const OwnedRows& owned = wanted.owned;
  list_open(owned);
  auto view = walk.assign(owned);
  if (!view) return tl::unexpected(view.error());
  if (auto explained = explain_missing(kernel, *view, walk, wanted); !explained)
    return tl::unexpected(explained.error());
  assign_unaccepted(owned);
  Completeness completeness;
  completeness.unreadable_processes = view->unreadable_processes;
  for (const std::uint32_t at : owned.open) {
    SocketRow& row = owned.rows[at];
    const auto status = model::ownerless_status(row);
    if (status && row.owner_status == OwnerStatus::not_requested) row.owner_status = *status;
    completeness.owners = completeness.owners && row.owner_status != OwnerStatus::not_permitted &&
                          row.owner_status != OwnerStatus::other_pid_namespace;
  }
  return completeness;
}

}  // namespace tcptable::owner
