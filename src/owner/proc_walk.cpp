// SPDX-License-Identifier: MIT
#include <algorithm>

#include "owner/holder_walk.hpp"

namespace tcptable::owner {
namespace {

// Below this many sockets the walk takes less time than it takes to start threads.
constexpr std::uint32_t kWorthThreads = 2000;
constexpr unsigned kMostWorkers = 8;

class ProcWalk final : public HolderWalk {
 public:
  explicit ProcWalk(sys::Kernel& kernel) : kernel_(kernel) {}

  std::string_view name() const override { return "proc"; }

  Result<WalkView> assign(const OwnedRows& owned) override {
    const WantedSockets wanted = wanted_sockets(owned, Identity::inode);
    WalkOptions options;
    if (wanted.index.size() >= kWorthThreads) options.workers = std::min(kernel_.processors(), kMostWorkers);
    auto walk = walk_descriptors(kernel_, wanted.index, options);
    if (!walk) return tl::unexpected(walk.error());
    const WalkView view{walk->unreadable_processes, walk->sees_all()};
    assign_holders(owned, wanted, std::move(*walk));
    if (std::none_of(owned.rows.begin(), owned.rows.end(), lacks_holder)) return view;

    // A socket that moved behind the walk's back, or that only a thread with descriptors of its own has.
    // Where some processes can't be read, most sockets without owner are theirs, and a full walk isn't worth
    // its time.
    options.tables = view.all ? Tables::every_thread : Tables::other_threads;
    const WantedSockets missing = wanted_sockets(owned, Identity::inode);
    auto again = walk_descriptors(kernel_, missing.index, options);
    if (!again) return tl::unexpected(again.error());
    assign_holders(owned, missing, std::move(*again));
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
};

}  // namespace

std::unique_ptr<HolderWalk> walk_by_proc(sys::Kernel& kernel) {
  return std::make_unique<ProcWalk>(kernel);
}

}  // namespace tcptable::owner
