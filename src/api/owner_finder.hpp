// SPDX-License-Identifier: MIT
// OwnerFinder with the kernel given: what tests call.
#pragma once

#include "owner/holder_search.hpp"
#include "sys/kernel.hpp"

#include <tcptable/owner_finder.hpp>

#include <optional>

namespace tcptable::api {

/// What is kept from one question to the next.
struct FinderState {
  sys::Kernel& kernel;
  std::optional<owner::HolderSearch> search;
};

std::vector<Result<SocketOwner>> find_owners_of(FinderState& state, std::span<const SocketKey> keys);

}  // namespace tcptable::api
