// SPDX-License-Identifier: MIT
// The compiled socket_walks.bpf.c, which the library carries with it.
#pragma once

#include <cstddef>
#include <span>

namespace tcptable::sys {

/// An ELF object, 8-byte aligned.
std::span<const std::byte> embedded_programs();

}  // namespace tcptable::sys
