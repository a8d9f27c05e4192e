// SPDX-License-Identifier: MIT
// Loads the walks and keeps of them only what running them takes.
#pragma once

#include "sys/bpf/object_file.hpp"
#include "sys/bpf/records.h"

namespace tcptable::sys {

/// descriptor_walk.bpf.c
struct DescriptorPrograms {
  UniqueFd walk;      ///< A link: bpf_iter_create.
  MapMemory buffers;  ///< tcptable_held_buffer, one for each slot.
};

/// table_walk.bpf.c
struct TablePrograms {
  UniqueFd walk;      ///< A program: BPF_PROG_RUN.
  MapMemory buffers;  ///< tcptable_row_buffer, one for each slot.
};

/// TCPTABLE_MOST_SLOTS at most.
Result<DescriptorPrograms> load_descriptor_programs(std::uint32_t slots);
Result<TablePrograms> load_table_programs(std::uint32_t slots);

}  // namespace tcptable::sys
