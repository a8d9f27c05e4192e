// SPDX-License-Identifier: MIT
#include "sys/bpf/worth_loading.hpp"

#include <fcntl.h>

#include <array>
#include <atomic>
#include <charconv>
#include <string_view>

#include "sys/file.hpp"

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

std::uint32_t number_behind(std::string_view text, std::string_view words) {
  const std::size_t at = text.find(words);
  std::uint32_t number = 0;
  if (at != text.npos) std::from_chars(text.data() + at + words.size(), text.data() + text.size(), number);
  return number;
}

// Files that are open on the whole machine: what a walk over /proc has to look at, more or less.
std::uint32_t open_files(Kernel& kernel) {
  Buffer buffer;
  return number_behind(text_of(kernel, "/proc/sys/fs/file-nr", buffer), "");
}

// In microseconds. A whole table is soon asked for its owners (Snapshot::find_owners), so that they count.
std::uint64_t cost_without(Kernel& kernel, TableWork work) {
  const std::uint64_t rows = kRow * sockets_in_use(kernel);
  const bool with_owners = work.owners || !work.filtered;
  return (work.filtered ? rows / kRowsFilteredAsOne : rows) +
         (with_owners ? kDescriptor * open_files(kernel) : 0);
}

}  // namespace

std::uint32_t sockets_in_use(Kernel& kernel) {
  Buffer buffer;
  const std::string_view text = text_of(kernel, "/proc/thread-self/net/sockstat", buffer);
  return number_behind(text, "sockets: used ") + number_behind(text, " tw ");
}

Result<SocketWalks*> walks_where_worth(Kernel& kernel, TableWork work) {
  static std::atomic<std::uint64_t> spent{0};
  auto loaded = kernel.socket_walks(Loading::only_if_loaded, work.walks);
  if (loaded) return loaded;
  const std::uint64_t without = cost_without(kernel, work);
  const std::uint64_t loading = work.walks == Walks::of_descriptors ? kLoadingDescriptorWalk : kLoadingBoth;
  if (spent.fetch_add(without) + without < loading) return loaded;
  return kernel.socket_walks(Loading::unless_it_failed, work.walks);
}

}  // namespace tcptable::sys
