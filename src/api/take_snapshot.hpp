// SPDX-License-Identifier: MIT
// The orchestration behind the public take_snapshot, with the kernel and the forced backend given: what tests
// call.
#pragma once

#include "backend/backend.hpp"
#include "owner/holder_walk.hpp"
#include "sys/kernel.hpp"

#include <tcptable/snapshot.hpp>

#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <vector>

namespace tcptable::api {

/// What taking one table leaves behind for the next: memory, the backend that has answered, and the walk.
struct Scratch {
  backend::RowTable table;
  const backend::Backend* backend = nullptr;  ///< That has answered `query`.
  Query query;
  std::unique_ptr<owner::HolderWalk> walk;
  std::shared_ptr<sys::SocketWalks> walked_by;  ///< What `walk` uses; nullptr: /proc.
  std::vector<std::uint32_t> open;
};

/// `forced_backend` is empty for the automatic choice.
Result<Snapshot> take_snapshot(sys::Kernel& kernel, const Query& query, std::string_view forced_backend);

/// The same in the memory of an earlier snapshot's parts, which are worthless after an error. With the
/// scratch of a table about as large it allocates nothing, where BPF and sock_diag answer.
Result<void> take_again(sys::Kernel& kernel, const Query& query, std::string_view forced_backend,
                        Snapshot::Parts& parts, Scratch& scratch);

/// count_sockets, likewise.
Result<std::size_t> count_sockets(sys::Kernel& kernel, const Query& query, std::string_view forced_backend);

/// Snapshot::find_owners, likewise.
Result<void> find_owners(sys::Kernel& kernel, Snapshot::Parts& parts, Scratch& scratch);

/// Some protocol and family are asked for, and no prefix is longer than its address.
bool can_be_answered(const Query& query);

/// The backend that TCPTABLE_BACKEND names, or nothing.
std::string_view forced_by_environment();

/// What `call` returns, or Errc::no_memory.
template <typename Call>
auto without_bad_alloc(Step step, const Call& call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return tl::unexpected(Error{Errc::no_memory, step, 0});
  }
}

}  // namespace tcptable::api
