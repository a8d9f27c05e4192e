// SPDX-License-Identifier: MIT
#include "backend/tcp_buckets.hpp"

#include <fcntl.h>

#include <array>
#include <charconv>
#include <cstdlib>

#include "sys/file.hpp"

namespace tcptable::backend {
namespace {

// What the kernel delivers in one go is not resumed.
constexpr std::size_t kOneDatagram = 250;

// The number of hash buckets of this namespace's TCP table, 0 where the kernel doesn't tell (before 6.1).
// Negative means: shared with the initial namespace.
std::size_t tcp_buckets(sys::Kernel& kernel) {
  std::array<char, 32> buffer{};
  const sys::Path path{AT_FDCWD, "/proc/sys/net/ipv4/tcp_ehash_entries"};
  auto text = sys::read_small(kernel, path, buffer, Step::read_net_table);
  long buckets = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), buckets);
  return static_cast<std::size_t>(std::labs(buckets));
}

}  // namespace

bool one_pass_may_skip(sys::Kernel& kernel, std::size_t rows, std::size_t sockets) {
  return rows > kOneDatagram && sockets > tcp_buckets(kernel);
}

}  // namespace tcptable::backend
