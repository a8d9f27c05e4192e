// SPDX-License-Identifier: MIT
// The public functions about one process.
#include <time.h>
#include <unistd.h>
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

Result<std::string> command_line_of(const Process& process) try {
  return owner::command_line_of(sys::real_kernel(), process);
} catch (const std::bad_alloc&) {
  return tl::unexpected(kNoMemory);
}

Result<std::uint32_t> effective_uid_of(const Process& process) try {
  return owner::effective_uid_of(sys::real_kernel(), process);
} catch (const std::bad_alloc&) {
  return tl::unexpected(kNoMemory);
}

Result<std::vector<SocketDescriptor>> socket_descriptors_of(const Process& process) try {
  return owner::socket_descriptors_of(sys::real_kernel(), process);
} catch (const std::bad_alloc&) {
  return tl::unexpected(kNoMemory);
}

Result<bool> has_local_address(const Process& process, const Endpoint& endpoint) try {
  return owner::has_local_address(sys::real_kernel(), process, endpoint);
} catch (const std::bad_alloc&) {
  return tl::unexpected(kNoMemory);
}

std::chrono::system_clock::time_point started_at(const Process& process) {
  timespec uptime{};
  ::clock_gettime(CLOCK_BOOTTIME, &uptime);  // what start times are counted by
  const auto up = std::chrono::seconds(uptime.tv_sec) + std::chrono::nanoseconds(uptime.tv_nsec);
  const std::chrono::duration<double> start(static_cast<double>(process.start_time) /
                                            static_cast<double>(::sysconf(_SC_CLK_TCK)));
  const auto age = up - std::chrono::duration_cast<std::chrono::nanoseconds>(start);
  return std::chrono::system_clock::now() -
         std::chrono::duration_cast<std::chrono::system_clock::duration>(age);
}

}  // namespace tcptable
