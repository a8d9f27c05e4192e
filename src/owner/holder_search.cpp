// SPDX-License-Identifier: MIT
#include "owner/holder_search.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include "owner/process_rank.hpp"
#include "owner/process_stat.hpp"
#include "owner/process_text.hpp"
#include "owner/stat_file.hpp"
#include "sys/file.hpp"

namespace tcptable::owner {
namespace {

constexpr Step kStep = Step::list_processes;
constexpr int kAnchor = O_DIRECTORY | O_PATH;
constexpr int kLongestLine = 32;  // of parents
constexpr std::size_t kActiveDescriptors = 1000;

// What a descriptor's link leads to: a socket's inode, 0 for anything else, nullopt when it can't be read.
std::optional<std::uint32_t> read_descriptor(sys::Kernel& kernel, int directory, const std::string& path) {
  std::array<char, 32> target;
  const ssize_t length = kernel.readlinkat(directory, path.c_str(), target.data(), target.size());
  if (length == -ENAMETOOLONG) return 0;  // a file's path
  if (length < 0) return std::nullopt;
  return parse_socket_link({target.data(), static_cast<std::size_t>(length)}).value_or(0);
}

// A descriptor by O_PATH leads to a socket without holding it. To ask costs three system calls, so that only
// those are asked for that lead to a socket that is sought.
bool is_path_alone(sys::Kernel& kernel, int directory, const std::string& fdinfo) {
  std::array<char, 512> buffer;
  const auto text = sys::read_small(kernel, {directory, fdinfo.c_str()}, buffer, kStep);
  return text && tells_of_a_path_alone(*text);
}

std::string path_of(Seat seat, const char* in) {
  return std::to_string(seat.pid) + in + std::to_string(seat.fd);
}

// Whether the process has the socket at that number, and who it is: both of one process, since its directory
// goes dead with it.
std::optional<ProcessStat> holder_at(sys::Kernel& kernel, int proc, Seat seat, std::uint32_t inode) {
  const std::string pid = std::to_string(seat.pid);
  auto directory = sys::open_at(kernel, {proc, pid.c_str()}, kAnchor, kStep);
  if (!directory) return std::nullopt;
  const std::string number = std::to_string(seat.fd);
  if (read_descriptor(kernel, directory->get(), "fd/" + number) != inode) return std::nullopt;
  if (is_path_alone(kernel, directory->get(), "fdinfo/" + number)) return std::nullopt;
  auto stat = read_process_stat(kernel, {directory->get(), "stat"}, kStep);
  if (!stat) return std::nullopt;
  return std::move(*stat);
}

// A process that has gone, or is another's, is no failure.
Result<void> passed_over(const Error& error) {
  if (error.code == Errc::not_permitted || error.sys_errno == ENOENT || error.sys_errno == ESRCH) return {};
  return tl::unexpected(error);
}

std::optional<std::uint32_t> read_uid(sys::Kernel& kernel, int directory) {
  std::array<char, 4096> buffer;
  const auto text = sys::read_small(kernel, {directory, "status"}, buffer, kStep);
  return text ? parse_effective_uid(*text) : std::nullopt;
}

}  // namespace

Result<HolderSearch> HolderSearch::open(sys::Kernel& kernel) {
  auto proc = sys::open_at(kernel, {AT_FDCWD, "/proc"}, O_DIRECTORY, kStep);
  if (!proc) return tl::unexpected(proc.error());
  return HolderSearch(kernel, std::move(*proc));
}

Result<std::optional<Process>> HolderSearch::find_nearby(const Wanted& wanted) {
  if (auto holder = find_remembered(wanted.inode)) return holder;
  if (any_has_got(wanted)) return find_remembered(wanted.inode);
  if (auto looked = look_at_active(wanted); !looked) return tl::unexpected(looked.error());
  if (auto looked = look_at_newcomers(wanted.inode); !looked) return tl::unexpected(looked.error());
  return find_remembered(wanted.inode);
}

std::optional<Process> HolderSearch::find_remembered(std::uint32_t inode) {
  const auto seat = memory_.seat_of(inode);
  if (!seat) return std::nullopt;
  auto owner = owner_at(*seat, inode);
  if (owner) last_owner_ = seat->pid;
  return owner;
}

// The oldest in the line of parents that have the socket at the same number, as a fork leaves it. The service
// manager is no answer: another may hold the socket too.
std::optional<Process> HolderSearch::owner_at(Seat seat, std::uint32_t inode) {
  auto holder = holder_at(*kernel_, proc_.get(), seat, inode);
  if (!holder) {
    memory_.forget_seat(seat);
    return std::nullopt;
  }
  if (is_service_manager(holder->process)) return std::nullopt;
  for (int i = 0; i < kLongestLine && holder->parent > 0; ++i) {
    auto parent = holder_at(*kernel_, proc_.get(), {holder->parent, seat.fd}, inode);
    if (!parent || is_service_manager(parent->process)) break;
    holder = std::move(parent);
  }
  return std::move(holder->process);
}

// What the descriptor leads to, as read_descriptor; one that only has the path of what is sought leads to
// something else.
std::optional<std::uint32_t> HolderSearch::see(Seat seat, std::uint32_t sought) {
  const auto seen = read_descriptor(*kernel_, proc_.get(), path_of(seat, "/fd/"));
  return seen == sought && is_path_alone(*kernel_, proc_.get(), path_of(seat, "/fdinfo/")) ? 0 : seen;
}

// New descriptors take the lowest numbers that were free.
bool HolderSearch::has_grown_by(std::int32_t pid, std::uint32_t inode) {
  for (;;) {
    const Seat seat{pid, memory_.lowest_free(pid)};
    const auto seen = see(seat, inode);
    if (!seen) return false;
    memory_.note(seat, *seen);
    if (*seen == inode) return true;
  }
}

// A server that closes one connection and accepts another gets the same number again.
bool HolderSearch::has_changed_to(std::int32_t pid, std::uint32_t inode) {
  for (const std::int32_t fd : memory_.recent(pid)) {
    const Seat seat{pid, fd};
    const auto seen = see(seat, inode);
    if (seen) {
      memory_.note(seat, *seen);
    } else {
      memory_.forget_seat(seat);
    }
    if (seen == inode) return true;
  }
  return false;
}

bool HolderSearch::any_has_got(const Wanted& wanted) {
  for (const std::int32_t pid : likeliest_first(memory_.pids(), wanted.uid)) {
    if (!has_grown_by(pid, wanted.inode) && !has_changed_to(pid, wanted.inode)) continue;
    return mark_found(wanted.inode);
  }
  return false;
}

// Any number may have been closed and given again. What reads these few descriptors anew costs what the
// search so far has cost.
Result<void> HolderSearch::look_at_active(const Wanted& wanted) {
  const auto is_sought = [&](std::uint32_t inode) { return inode == wanted.inode; };
  std::size_t left = kActiveDescriptors;
  for (const std::int32_t pid : likeliest_first(memory_.pids(), wanted.uid)) {
    const std::size_t cost = memory_.descriptors_of(pid);
    if (cost > left) break;
    left -= cost;
    if (auto looked = look_at(pid, is_sought); !looked) return looked;
    if (mark_found(wanted.inode)) break;
  }
  return {};
}

// Whether a look has just seen the socket; its process and number are then looked at first.
bool HolderSearch::mark_found(std::uint32_t inode) {
  const auto seat = memory_.seat_of(inode);
  if (seat) memory_.mark_active(*seat);
  return seat.has_value();
}

Result<void> HolderSearch::look_at_newcomers(std::uint32_t inode) {
  auto pids = list_pids();
  if (!pids) return tl::unexpected(pids.error());
  for (const std::int32_t known : memory_.pids()) {
    if (!std::binary_search(pids->begin(), pids->end(), known)) memory_.forget_process(known);
  }
  const auto is_sought = [inode](std::uint32_t seen) { return seen == inode; };
  // Youngest first.
  for (auto pid = pids->rbegin(); pid != pids->rend() && !memory_.seat_of(inode); ++pid) {
    if (memory_.knows(*pid)) continue;
    if (auto looked = look_at(*pid, is_sought); !looked) return looked;
    mark_found(inode);
  }
  return {};
}

// Newcomers were looked at by find_nearby.
Result<void> HolderSearch::look_everywhere(std::unordered_set<std::uint32_t> missing,
                                           std::optional<std::uint32_t> uid) {
  const auto is_sought = [&](std::uint32_t inode) { return missing.contains(inode); };
  for (const std::int32_t pid : likeliest_first(memory_.pids(), uid)) {
    if (missing.empty()) break;
    if (auto looked = look_at(pid, is_sought); !looked) return looked;
    std::erase_if(missing, [this](std::uint32_t inode) { return mark_found(inode); });
  }
  return {};
}

// Sorted.
Result<std::vector<std::int32_t>> HolderSearch::list_pids() {
  // A descriptor of its own: one that is kept stands at its end.
  auto proc = sys::open_at(*kernel_, {proc_.get(), "."}, O_DIRECTORY, kStep);
  if (!proc) return tl::unexpected(proc.error());
  std::vector<std::int32_t> pids;
  entries_.rewind_to(proc->get());
  for (;;) {
    auto name = entries_.next();
    if (!name) return tl::unexpected(name.error());
    if (!*name) break;
    if (const auto pid = sys::number_named_by(**name)) pids.push_back(*pid);
  }
  std::sort(pids.begin(), pids.end());
  return pids;
}

// Notes every descriptor of the process, anew; of one that may not be read, that it was seen.
Result<void> HolderSearch::look_at(std::int32_t pid, IsSought is_sought) {
  const std::string name = std::to_string(pid);
  auto directory = sys::open_at(*kernel_, {proc_.get(), name.c_str()}, kAnchor, kStep);
  const auto uid =
      memory_.knows(pid) || !directory ? memory_.uid_of(pid) : read_uid(*kernel_, directory->get());
  if (!directory) {
    memory_.forget_process(pid);
    return passed_over(directory.error());
  }
  memory_.forget_descriptors(pid);
  memory_.remember(pid, uid);
  auto fds = sys::open_at(*kernel_, {directory->get(), "fd"}, O_DIRECTORY, kStep);
  if (!fds) return passed_over(fds.error());
  entries_.rewind_to(fds->get());
  for (;;) {
    auto entry = entries_.next();
    if (!entry) return passed_over(entry.error());
    if (!*entry) return {};
    const auto fd = sys::number_named_by(**entry);
    auto seen = fd ? read_descriptor(*kernel_, fds->get(), **entry) : std::nullopt;
    if (!seen) continue;
    if (is_sought(*seen) && is_path_alone(*kernel_, directory->get(), "fdinfo/" + std::string(**entry)))
      seen = 0;
    memory_.note({pid, *fd}, *seen);
  }
}

std::vector<std::int32_t> HolderSearch::likeliest_first(std::vector<std::int32_t> pids,
                                                        std::optional<std::uint32_t> uid) const {
  const auto is_last_owner = [&](std::int32_t pid) { return pid == last_owner_; };
  const auto rest = std::stable_partition(pids.begin(), pids.end(), is_last_owner);
  const auto is_users = [&](std::int32_t pid) { return memory_.uid_of(pid) == uid; };
  if (uid) std::stable_partition(rest, pids.end(), is_users);
  return pids;
}

}  // namespace tcptable::owner
