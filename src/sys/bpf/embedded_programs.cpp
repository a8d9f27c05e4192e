// SPDX-License-Identifier: MIT
#include "sys/bpf/embedded_programs.hpp"

// The objects' paths are given by the build. Symbols have one prefix, for other programs' assembly shares
// them.
#define EMBED(name, path)                            \
  __asm__(                                           \
      ".pushsection .rodata\n"                       \
      ".balign 8\n"                                  \
      "tcptable_bpf_" name "_begin: .incbin \"" path \
      "\"\n"                                         \
      "tcptable_bpf_" name                           \
      "_end:\n"                                      \
      ".popsection\n")

EMBED("descriptors", TCPTABLE_DESCRIPTOR_WALK_OBJECT);
EMBED("tables", TCPTABLE_TABLE_WALK_OBJECT);
EMBED("trace", TCPTABLE_TRACE_OBJECT);

extern "C" {
extern const std::byte tcptable_bpf_descriptors_begin[] __attribute__((visibility("hidden")));
extern const std::byte tcptable_bpf_descriptors_end[] __attribute__((visibility("hidden")));
extern const std::byte tcptable_bpf_tables_begin[] __attribute__((visibility("hidden")));
extern const std::byte tcptable_bpf_tables_end[] __attribute__((visibility("hidden")));
extern const std::byte tcptable_bpf_trace_begin[] __attribute__((visibility("hidden")));
extern const std::byte tcptable_bpf_trace_end[] __attribute__((visibility("hidden")));
}

namespace tcptable::sys {

std::span<const std::byte> embedded_descriptor_walk() {
  return {tcptable_bpf_descriptors_begin, tcptable_bpf_descriptors_end};
}

std::span<const std::byte> embedded_table_walk() {
  return {tcptable_bpf_tables_begin, tcptable_bpf_tables_end};
}

std::span<const std::byte> embedded_trace() {
  return {tcptable_bpf_trace_begin, tcptable_bpf_trace_end};
}

}  // namespace tcptable::sys
