// SPDX-License-Identifier: MIT
// Loads the walks and keeps of them only what running them takes.
#pragma once

#include "sys/bpf/object_file.hpp"
#include "sys/bpf/records.h"

namespace tcptable::sys {

struct LoadedPrograms {
  UniqueFd descriptor_walk;  ///< A link: bpf_iter_create.
  UniqueFd table_walk;       ///< A program: BPF_PROG_RUN.
  UniqueFd second_look;      ///< Likewise.
  MapMemory held_buffers;
  MapMemory row_buffers;
  std::uint32_t slots = 0;  ///< Buffers of each kind.
};

/// With `slots` buffers of each kind, TCPTABLE_MOST_SLOTS at most.
Result<LoadedPrograms> load_programs(std::uint32_t slots);

}  // namespace tcptable::sys
