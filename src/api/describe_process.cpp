// SPDX-License-Identifier: MIT
// The public functions about one process.
#include <tcptable/process.hpp>

#include <new>

#include "owner/process_reader.hpp"
#include "sys/kernel.hpp"

namespace tcptable {
namespace {

constexpr Error kNoMemory{Errc::no_memory, Step::read_process, 0};

}  // namespace

Result<ProcessDescription> describe_process(std::int32_t pid) try {
  return owner::describe_process(sys::real_kernel(), pid);
} catch (const std::bad_alloc&) {
  return tl::unexpected(kNoMemory);
}

Result<CgroupNames> cgroup_names_of(const Process& process) try {
  return owner::cgroup_names_of(sys::real_kernel(), process);
} catch (const std::bad_alloc&) {
  return tl::unexpected(kNoMemory);
}

}  // namespace tcptable
