// SPDX-License-Identifier: MIT
// The compiled BPF objects, which the library carries with it: ELF files, 8-byte aligned.
#pragma once

#include <cstddef>
#include <span>

namespace tcptable::sys {

/// descriptor_walk.bpf.c
std::span<const std::byte> embedded_descriptor_walk();

/// table_walk.bpf.c
std::span<const std::byte> embedded_table_walk();

/// connection_trace.bpf.c
std::span<const std::byte> embedded_trace();

}  // namespace tcptable::sys
