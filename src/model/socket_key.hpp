// SPDX-License-Identifier: MIT
// One number for a socket that is told by an address in the kernel. Addresses are used anew, so that a tag
// goes in which tells this life of the address from the next.
#pragma once

#include <cstdint>

#include "model/row_index.hpp"

namespace tcptable::model {

/// 0 for no address; two different pairs give the same key as seldom as 64 random bits are the same.
inline std::uint64_t socket_key(std::uint64_t address, std::uint64_t tag) {
  return address == 0 ? 0 : mix(address ^ mix(tag)) | 1U;
}

}  // namespace tcptable::model
