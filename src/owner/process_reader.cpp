// SPDX-License-Identifier: MIT
#include "owner/process_reader.hpp"

#include <fcntl.h>
#include <limits.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <string>
#include <string_view>

#include "model/cgroup_membership.hpp"
#include "model/local_addresses.hpp"
#include "model/process_identity.hpp"
#include "owner/process_stat.hpp"
#include "owner/process_text.hpp"
#include "owner/stat_file.hpp"
#include "sys/directory.hpp"
#include "sys/file.hpp"

namespace tcptable::owner {
namespace {

constexpr Step kStep = Step::read_process;
constexpr std::size_t kStatusSize = 4096;
// A path of 4 KiB in each of the hierarchies that cgroup v1 can have; the kernel delivers all in one read.
constexpr std::size_t kCgroupSize = 64 * 1024;
constexpr std::string_view kDeleted = " (deleted)";

Error not_found(int sys_errno = 0) {
  return {Errc::not_found, kStep, sys_errno};
}

// A process that exits takes its files with it.
Error process_error(int sys_errno) {
  if (sys_errno == ENOENT || sys_errno == ESRCH) return not_found(sys_errno);
  return sys::error_from_errno(kStep, sys_errno);
}

// One descriptor of its directory, which goes dead with the process: what is read by it is never a younger
// process's with the same pid.
Result<sys::UniqueFd> open_process(sys::Kernel& kernel, std::int32_t pid) {
  if (pid <= 0) return tl::unexpected(not_found());
  const std::string path = "/proc/" + std::to_string(pid);
  auto directory = sys::open_at(kernel, {AT_FDCWD, path.c_str()}, O_DIRECTORY | O_PATH, kStep);
  if (!directory) return tl::unexpected(process_error(directory.error().sys_errno));
  return directory;
}

Result<ProcessStat> read_stat(sys::Kernel& kernel, int directory) {
  auto stat = read_process_stat(kernel, {directory, "stat"}, kStep);
  if (!stat && stat.error().sys_errno != 0) return tl::unexpected(process_error(stat.error().sys_errno));
  return stat;
}

// Not a younger process with the same pid.
Result<sys::UniqueFd> open_exactly(sys::Kernel& kernel, const Process& process) {
  auto directory = open_process(kernel, process.pid);
  if (!directory) return directory;
  const auto stat = read_stat(kernel, directory->get());
  if (!stat) return tl::unexpected(stat.error());
  if (!model::is_same_process(stat->process, process)) return tl::unexpected(not_found());
  return directory;
}

Result<std::string> read_link(sys::Kernel& kernel, sys::Path path) {
  std::array<char, PATH_MAX> target;
  const ssize_t length = kernel.readlinkat(path.directory, path.name, target.data(), target.size());
  if (length < 0) return tl::unexpected(process_error(static_cast<int>(-length)));
  return std::string(target.data(), static_cast<std::size_t>(length));
}

// The kernel marks the path of a file without a name, and a file may have a name that looks so.
bool is_deleted(sys::Kernel& kernel, int directory, std::string_view target) {
  return target.ends_with(kDeleted) && kernel.link_count(directory, "exe") <= 0;
}

Result<Executable> read_executable(sys::Kernel& kernel, int directory) {
  auto target = read_link(kernel, {directory, "exe"});
  if (!target) return tl::unexpected(target.error());
  Executable executable;
  executable.deleted = is_deleted(kernel, directory, *target);
  if (executable.deleted) target->resize(target->size() - kDeleted.size());
  executable.path = std::move(*target);
  const auto own_mounts = read_link(kernel, {AT_FDCWD, "/proc/self/ns/mnt"});
  const auto its_mounts = read_link(kernel, {directory, "ns/mnt"});
  executable.other_mount_namespace = own_mounts && its_mounts && *own_mounts != *its_mounts;
  return executable;
}

Result<std::string> read_cgroup(sys::Kernel& kernel, int directory) {
  const auto buffer = std::make_unique_for_overwrite<char[]>(kCgroupSize);
  const auto text = sys::read_small(kernel, {directory, "cgroup"}, {buffer.get(), kCgroupSize}, kStep);
  if (!text) return tl::unexpected(process_error(text.error().sys_errno));
  auto path = model::cgroup_path_of_process(*text);
  if (!path) return tl::unexpected(Error{Errc::malformed_reply, kStep, 0});
  return std::move(*path);
}

}  // namespace

Result<ProcessDescription> describe_process(sys::Kernel& kernel, std::int32_t pid) {
  auto directory = open_process(kernel, pid);
  if (!directory) return tl::unexpected(directory.error());
  auto stat = read_stat(kernel, directory->get());
  if (!stat) return tl::unexpected(stat.error());

  Result<Executable> executable = tl::unexpected(not_found());
  if (stat->kind == ProcessKind::program) executable = read_executable(kernel, directory->get());
  auto cgroup = read_cgroup(kernel, directory->get());
  CgroupNames names = cgroup ? parse_cgroup_path(*cgroup) : CgroupNames();
  return ProcessDescription{
      std::move(stat->process), stat->parent,      stat->kind == ProcessKind::kernel_thread,
      std::move(executable),    std::move(cgroup), std::move(names)};
}

Result<std::string> cgroup_path_of(sys::Kernel& kernel, const Process& process) {
  const auto directory = open_exactly(kernel, process);
  if (!directory) return tl::unexpected(directory.error());
  return read_cgroup(kernel, directory->get());
}

Result<CgroupNames> cgroup_names_of(sys::Kernel& kernel, const Process& process) {
  const auto path = cgroup_path_of(kernel, process);
  if (!path) return tl::unexpected(path.error());
  return parse_cgroup_path(*path);
}

Result<std::string> command_line_of(sys::Kernel& kernel, const Process& process) {
  const auto directory = open_exactly(kernel, process);
  if (!directory) return tl::unexpected(directory.error());
  auto text = sys::read_whole(kernel, {directory->get(), "cmdline"}, kStep);
  if (!text) return tl::unexpected(process_error(text.error().sys_errno));
  return std::move(*text);
}

Result<std::uint32_t> effective_uid_of(sys::Kernel& kernel, const Process& process) {
  const auto directory = open_exactly(kernel, process);
  if (!directory) return tl::unexpected(directory.error());
  std::array<char, kStatusSize> buffer;
  const auto text = sys::read_small(kernel, {directory->get(), "status"}, buffer, kStep);
  if (!text) return tl::unexpected(process_error(text.error().sys_errno));
  const auto uid = parse_effective_uid(*text);
  if (!uid) return tl::unexpected(Error{Errc::malformed_reply, kStep, 0});
  return *uid;
}

Result<bool> has_local_address(sys::Kernel& kernel, const Process& process, const Endpoint& endpoint) {
  const auto directory = open_exactly(kernel, process);
  if (!directory) return tl::unexpected(directory.error());
  const bool is_ipv4 = endpoint.family == Family::ipv4;
  const auto text =
      sys::read_whole(kernel, {directory->get(), is_ipv4 ? "net/fib_trie" : "net/if_inet6"}, kStep);
  if (!text) return tl::unexpected(process_error(text.error().sys_errno));
  return is_ipv4 ? model::lists_local_ipv4(*text, endpoint) : model::lists_local_ipv6(*text, endpoint);
}

Result<std::vector<SocketDescriptor>> socket_descriptors_of(sys::Kernel& kernel, const Process& process) {
  const auto directory = open_exactly(kernel, process);
  if (!directory) return tl::unexpected(directory.error());
  const auto descriptors = sys::open_at(kernel, {directory->get(), "fd"}, O_DIRECTORY, kStep);
  if (!descriptors) return tl::unexpected(process_error(descriptors.error().sys_errno));
  std::vector<SocketDescriptor> sockets;
  sys::DirectoryReader entries(kernel, kStep);
  entries.rewind_to(descriptors->get());
  for (;;) {
    const auto name = entries.next();
    if (!name) return tl::unexpected(process_error(name.error().sys_errno));
    if (!*name) break;
    std::array<char, 32> target;  // that of a socket is short
    const ssize_t length = kernel.readlinkat(descriptors->get(), **name, target.data(), target.size());
    if (length == -ENOENT) continue;  // closed meanwhile
    if (length < 0) return tl::unexpected(process_error(static_cast<int>(-length)));
    const auto inode = parse_socket_link({target.data(), static_cast<std::size_t>(length)});
    const auto number = sys::number_named_by(**name);
    if (inode && number) sockets.push_back({*number, *inode});
  }
  std::sort(sockets.begin(), sockets.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  return sockets;
}

}  // namespace tcptable::owner
