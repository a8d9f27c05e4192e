// SPDX-License-Identifier: MIT
#include <algorithm>

#include "owner/holder_walk.hpp"
#include "sys/workers.hpp"

namespace tcptable::owner {
namespace {

// Those that /proc hides can't be counted, but for the first process.
WalkView view_of(const FdWalk& walk) {
  const std::uint32_t hidden = walk.sees_init ? 0 : 1;
  return {std::max(walk.unreadable_processes, hidden), walk.sees_all()};
}

class ProcWalk final : public HolderWalk {
 public:
  explicit ProcWalk(sys::Kernel& kernel) : kernel_(kernel) {}

  std::string_view name() const override { return "proc"; }

  Result<WalkView> assign(const OwnedRows& owned) override {
    list_wanted(owned, Identity::inode, 1, wanted_);
    WalkOptions options;
    options.workers = std::min(kernel_.processors(), sys::kMostWorkers);
    options.owners_alone = owned.owners_alone;
    auto walk = walk_descriptors(kernel_, wanted_, options);
    if (!walk) return tl::unexpected(walk.error());
    const WalkView view = view_of(*walk);
    assign_holders(owned, wanted_, *walk, join_);
    if (!any_lacks_holder(owned)) return view;

    // A socket that moved behind the walk's back, or that only a thread with descriptors of its own has.
    // Where some processes can't be read, most sockets without owner are theirs, and a full walk isn't worth
    // its time.
    options.tables = view.all ? Tables::every_thread : Tables::other_threads;
    list_wanted(owned, Identity::inode, 1, wanted_);
    auto again = walk_descriptors(kernel_, wanted_, options);
    if (!again) return tl::unexpected(again.error());
    assign_holders(owned, wanted_, *again, join_);
    return view;
  }

  Result<void> mark_exited(const OwnedRows& owned, const RereadRows& reread) override {
    auto now = reread();
    if (!now) return tl::unexpected(now.error());
    mark_absent_exited(owned, *now);
    return {};
  }

 private:
  sys::Kernel& kernel_;
  WantedSockets wanted_;
  JoinMemory join_;
};

}  // namespace

std::unique_ptr<HolderWalk> walk_by_proc(sys::Kernel& kernel) {
  return std::make_unique<ProcWalk>(kernel);
}

}  // namespace tcptable::owner
