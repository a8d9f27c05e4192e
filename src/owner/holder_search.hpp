// SPDX-License-Identifier: MIT
// Finds one process that holds a socket, by /proc/PID/fd, looking first where the socket is likely to be:
// where it was seen last; in descriptors that processes have got since they were looked at; in the processes
// that were active last; in those not looked at yet; in all.
#pragma once

#include "owner/descriptor_memory.hpp"
#include "sys/directory.hpp"
#include "sys/function_ref.hpp"
#include "sys/kernel.hpp"
#include "sys/unique_fd.hpp"

#include <tcptable/owner.hpp>

#include <cstdint>
#include <optional>
#include <unordered_set>

namespace tcptable::owner {

class HolderSearch {
 public:
  static Result<HolderSearch> open(sys::Kernel& kernel);

  struct Wanted {
    std::uint32_t inode;
    std::optional<std::uint32_t> uid;  ///< Processes of this user are looked at first.
  };

  /// Without reading all processes again. nullopt says nothing: look_everywhere finds more.
  Result<std::optional<Process>> find_nearby(const Wanted& wanted);

  /// Reads processes until all of `missing`, which find_nearby has not found, have been seen; then it finds
  /// them.
  Result<void> look_everywhere(std::unordered_set<std::uint32_t> missing, std::optional<std::uint32_t> uid);

 private:
  HolderSearch(sys::Kernel& kernel, sys::UniqueFd proc)
      : kernel_(&kernel), proc_(std::move(proc)), entries_(kernel, Step::list_processes) {}

  /// Whether a socket is looked for at this moment, by its inode.
  using IsSought = sys::FunctionRef<bool(std::uint32_t)>;

  std::optional<Process> find_remembered(std::uint32_t inode);
  std::optional<Process> owner_at(Seat seat, std::uint32_t inode);
  bool has_grown_by(std::int32_t pid, std::uint32_t inode);
  bool has_changed_to(std::int32_t pid, std::uint32_t inode);
  bool any_has_got(const Wanted& wanted);
  Result<void> look_at_active(const Wanted& wanted);
  bool mark_found(std::uint32_t inode);
  Result<void> look_at_newcomers(std::uint32_t inode);
  Result<std::vector<std::int32_t>> list_pids();
  Result<void> look_at(std::int32_t pid, IsSought is_sought);
  std::optional<std::uint32_t> see(Seat seat, std::uint32_t sought);
  std::vector<std::int32_t> likeliest_first(std::vector<std::int32_t> pids,
                                            std::optional<std::uint32_t> uid) const;

  sys::Kernel* kernel_;
  sys::UniqueFd proc_;
  sys::DirectoryReader entries_;
  DescriptorMemory memory_;
  std::int32_t last_owner_ = 0;
};

}  // namespace tcptable::owner
