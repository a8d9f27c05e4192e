// SPDX-License-Identifier: MIT
// The orchestration behind the public take_snapshot, with the kernel and the forced backend given: what tests
// call.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/snapshot.hpp>

#include <string_view>

namespace tcptable::api {

/// `forced_backend` is empty for the automatic choice.
Result<Snapshot> take_snapshot(sys::Kernel& kernel, const Query& query, std::string_view forced_backend);

/// count_sockets, likewise.
Result<std::size_t> count_sockets(sys::Kernel& kernel, const Query& query, std::string_view forced_backend);

/// Snapshot::find_owners, likewise.
Result<void> find_owners(sys::Kernel& kernel, Snapshot::Parts& parts);

/// What TCPTABLE_BACKEND names; empty where it isn't set.
std::string_view forced_by_environment();

}  // namespace tcptable::api
