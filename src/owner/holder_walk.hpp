// SPDX-License-Identifier: MIT
// The two ways to find who holds the sockets: reading /proc, which everybody may, and BPF, which sees all.
#pragma once

#include "owner/attribution.hpp"
#include "sys/bpf/socket_walks.hpp"
#include "sys/kernel.hpp"

#include <memory>
#include <string_view>

namespace tcptable::owner {

/// How far a walk saw.
struct WalkView {
  std::uint32_t unreadable_processes = 0;
  bool all = false;  ///< Every process of the caller's pid namespace.
};

/// Keeps the memory that walks take from one to the next; for one table at a time.
class HolderWalk {
 public:
  virtual ~HolderWalk() = default;

  /// As Snapshot::owner_source says it.
  virtual std::string_view name() const = 0;
  /// Gives each row its holders, the owner first, and the status `known`. Rows that are left have none that
  /// it could find.
  virtual Result<WalkView> assign(const OwnedRows& owned) = 0;
  /// Marks as exited what was closed before a holder could be found; `reread` reads the rows once more.
  virtual Result<void> mark_exited(const OwnedRows& owned, const RereadRows& reread) = 0;
};

std::unique_ptr<HolderWalk> walk_by_proc(sys::Kernel& kernel);

/// `walks` must outlive the walk.
std::unique_ptr<HolderWalk> walk_by_bpf(sys::Kernel& kernel, sys::SocketWalks& walks);

}  // namespace tcptable::owner
