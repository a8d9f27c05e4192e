// SPDX-License-Identifier: MIT
#include "sys/bpf/worth_loading.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <string>
#include <string_view>

#include "sys/file.hpp"
#include "sys/sockstat.hpp"

namespace tcptable::sys {
namespace {

// docs/benchmarks.md: microseconds for a row by sock_diag, for a descriptor by /proc on two threads, and for
// loading.
constexpr std::uint64_t kRow = 1;
constexpr std::uint64_t kRowsFilteredAsOne = 4;  // what a row costs that the kernel looks at and leaves out
constexpr std::uint64_t kDescriptor = 1;
constexpr std::uint64_t kLoadingDescriptorWalk = 6'000;
constexpr std::uint64_t kLoadingBoth = 12'000;

using Buffer = std::array<char, 512>;

std::string_view text_of(Kernel& kernel, const char* path, Buffer& buffer) {
  return read_small(kernel, {AT_FDCWD, path}, buffer, Step::load_bpf).value_or(std::string_view());
}

// What owners cost: a walk over /proc has to look at about as many files as are open on the whole machine. No
// time finds them where there is no /proc.
std::uint64_t cost_of_owners(Kernel& kernel) {
  Buffer buffer;
  const std::string_view open_files = text_of(kernel, "/proc/sys/fs/file-nr", buffer);
  return open_files.empty() ? kLoadingBoth : kDescriptor * number_behind(open_files, "").value_or(0);
}

// In microseconds. A whole table is soon asked for its owners (Snapshot::find_owners), so that they count.
std::uint64_t cost_without(Kernel& kernel, TableWork work) {
  const std::uint64_t rows = kRow * sockets_in_use(kernel);
  const bool with_owners = work.owners || !work.filtered;
  return (work.filtered ? rows / kRowsFilteredAsOne : rows) + (with_owners ? cost_of_owners(kernel) : 0);
}

// Whether /proc numbers processes as the caller's own pid namespace does.
bool proc_is_own(Kernel& kernel) {
  std::array<char, 16> target;
  const ssize_t length = kernel.readlinkat(AT_FDCWD, "/proc/self", target.data(), target.size());
  if (length > 0)
    return std::string_view(target.data(), static_cast<std::size_t>(length)) == std::to_string(::getpid());
  // Whoever is not of the /proc's namespace has no "self" there; where no /proc is, nothing is contradicted.
  return kernel.link_count(AT_FDCWD, "/proc/1") < 0;
}

Result<std::shared_ptr<SocketWalks>> walks_if_proc_is_own(Kernel& kernel, Loading loading, Walks wanted) {
  if (!proc_is_own(kernel)) return tl::unexpected(Error{Errc::not_supported, Step::load_bpf, 0});
  return kernel.socket_walks(loading, wanted);
}

}  // namespace

std::size_t sockets_in_use(Kernel& kernel) {
  Buffer buffer;
  const std::string_view text = text_of(kernel, "/proc/thread-self/net/sockstat", buffer);
  return number_behind(text, "sockets: used ").value_or(0) + parse_time_wait_sockets(text).value_or(0);
}

Result<std::shared_ptr<SocketWalks>> walks_where_worth(Kernel& kernel, TableWork work) {
  static std::atomic<std::uint64_t> spent{0};
  auto loaded = walks_if_proc_is_own(kernel, Loading::only_if_loaded, work.walks);
  if (loaded) return loaded;
  const std::uint64_t without = cost_without(kernel, work);
  const std::uint64_t loading = work.walks == Walks::of_descriptors ? kLoadingDescriptorWalk : kLoadingBoth;
  if (spent.fetch_add(without) + without < loading) return loaded;
  return walks_if_proc_is_own(kernel, Loading::unless_it_failed, work.walks);
}

Result<std::shared_ptr<SocketWalks>> forced_walks(Kernel& kernel, Walks wanted) {
  return walks_if_proc_is_own(kernel, Loading::now, wanted);
}

}  // namespace tcptable::sys
