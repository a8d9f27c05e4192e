// SPDX-License-Identifier: MIT
#include "sys/bpf/embedded_programs.hpp"

// TCPTABLE_BPF_OBJECT is the object's path, given by the build.
__asm__(
    ".pushsection .rodata\n"
    ".balign 8\n"
    "tcptable_bpf_begin: .incbin \"" TCPTABLE_BPF_OBJECT
    "\"\n"
    "tcptable_bpf_end:\n"
    ".popsection\n");

extern "C" {
extern const std::byte tcptable_bpf_begin[] __attribute__((visibility("hidden")));
extern const std::byte tcptable_bpf_end[] __attribute__((visibility("hidden")));
}

namespace tcptable::sys {

std::span<const std::byte> embedded_programs() {
  return {tcptable_bpf_begin, tcptable_bpf_end};
}

}  // namespace tcptable::sys
