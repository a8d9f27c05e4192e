// SPDX-License-Identifier: MIT
#include "owner/find_owners.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "model/row_index.hpp"
#include "model/row_rules.hpp"
#include "sys/file.hpp"

namespace tcptable::owner {
namespace {

// Below this many sockets the walk takes less time than it takes to start threads.
constexpr std::uint32_t kWorthThreads = 2000;
constexpr unsigned kMostWorkers = 8;

bool lacks_owner(const SocketRow& row) {
  return row.inode != 0 && row.owner_status != OwnerStatus::known;
}

bool any_lacks_owner(const std::vector<SocketRow>& rows) {
  return std::any_of(rows.begin(), rows.end(), lacks_owner);
}

bool in_initial_pid_namespace(sys::Kernel& kernel) {
  constexpr std::string_view kInitial = "pid:[4026531836]";  // PROC_PID_INIT_INO, linux/proc_ns.h
  std::array<char, 32> target;
  const ssize_t length = kernel.readlinkat(AT_FDCWD, "/proc/self/ns/pid", target.data(), target.size());
  return length > 0 && std::string_view(target.data(), static_cast<std::size_t>(length)) == kInitial;
}

void mark(std::vector<SocketRow>& rows, OwnerStatus status) {
  for (SocketRow& row : rows) {
    if (lacks_owner(row)) row.owner_status = status;
  }
}

// Everybody's descriptors were read and nobody has these: closed since, or the kernel's.
Result<void> tell_exited_from_kernel(std::vector<SocketRow>& rows, const RereadRows& reread) {
  auto now = reread();
  if (!now) return tl::unexpected(now.error());
  model::RowIndex<model::SocketIdentity> alive(*now, now->size());
  for (std::uint32_t i = 0; i < now->size(); ++i) alive.insert(i);
  for (SocketRow& row : rows) {
    if (!lacks_owner(row)) continue;
    const std::uint32_t at = alive.find(row);
    const bool lives = at != alive.kEmpty && (*now)[at].inode == row.inode;
    row.owner_status = lives ? OwnerStatus::kernel : OwnerStatus::exited;
  }
  return {};
}

}  // namespace

Result<Completeness> find_owners(sys::Kernel& kernel, const OwnedRows& owned, const RereadRows& reread) {
  const InodeIndex inodes = index_inodes(owned.rows);
  WalkOptions options;
  if (inodes.size() >= kWorthThreads) options.workers = std::min(kernel.processors(), kMostWorkers);
  auto walk = walk_descriptors(kernel, inodes, options);
  if (!walk) return tl::unexpected(walk.error());
  Completeness completeness;
  completeness.unreadable_processes = walk->unreadable_processes;
  const bool sees_all = walk->unreadable_processes == 0 && walk->sees_init;
  assign_holders(owned, inodes, std::move(*walk));

  // A socket that moved behind the walk's back, or that only a thread with descriptors of its own has. Where
  // some processes can't be read, most sockets without owner are theirs, and a full walk isn't worth its
  // time.
  if (any_lacks_owner(owned.rows)) {
    options.tables = sees_all ? Tables::every_thread : Tables::other_threads;
    const InodeIndex missing = index_inodes(owned.rows);
    auto again = walk_descriptors(kernel, missing, options);
    if (!again) return tl::unexpected(again.error());
    assign_holders(owned, missing, std::move(*again));
  }
  if (any_lacks_owner(owned.rows)) {
    if (!sees_all) {
      mark(owned.rows, OwnerStatus::not_permitted);
    } else if (!in_initial_pid_namespace(kernel)) {
      mark(owned.rows, OwnerStatus::other_pid_namespace);
    } else if (auto told = tell_exited_from_kernel(owned.rows, reread); !told) {
      return tl::unexpected(told.error());
    }
  }
  assign_unaccepted(owned);
  for (SocketRow& row : owned.rows) {
    if (const auto status = model::ownerless_status(row)) row.owner_status = *status;
    completeness.owners = completeness.owners && row.owner_status != OwnerStatus::not_permitted &&
                          row.owner_status != OwnerStatus::other_pid_namespace;
  }
  return completeness;
}

}  // namespace tcptable::owner
