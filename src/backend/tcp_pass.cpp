// SPDX-License-Identifier: MIT
#include "backend/tcp_pass.hpp"

#include <fcntl.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string_view>

#include "model/row_index.hpp"
#include "sys/file.hpp"
#include "sys/sockstat.hpp"

namespace tcptable::backend {
namespace {

constexpr Step kStep = Step::read_net_table;

// The number of hash buckets of this namespace's TCP table, 0 where the kernel doesn't tell (before 6.1).
// Negative means: shared with the initial namespace.
std::size_t tcp_buckets(sys::Kernel& kernel) {
  std::array<char, 32> buffer{};
  const sys::Path path{AT_FDCWD, "/proc/sys/net/ipv4/tcp_ehash_entries"};
  auto text = sys::read_small(kernel, path, buffer, kStep);
  long buckets = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), buckets);
  return static_cast<std::size_t>(std::labs(buckets));
}

// Sockets that come and go change these: how many there are in this namespace (of orphans and memory the
// kernel tells there how many the whole machine has), and of TCP's counters ActiveOpens to CurrEstab.
struct Counted {
  const char* path;
  std::string_view line;
  std::size_t words;
  std::string_view number;  // further behind
};
constexpr std::array<Counted, 3> kCounted{{{"/proc/thread-self/net/sockstat", "TCP:", 3, " tw "},
                                           {"/proc/thread-self/net/sockstat6", "TCP6:", 3, {}},
                                           {"/proc/thread-self/net/snmp", "Tcp:", 10, {}}}};

std::uint64_t digest(std::string_view text, const Counted& counted) {
  const auto words = sys::words_of_last_line(text, counted.line, counted.words);
  const std::size_t number =
      counted.number.empty() ? 0 : sys::number_behind(text, counted.number).value_or(0);
  return model::mix(std::hash<std::string_view>()(words) ^ model::mix(number));
}

// A number that is another one after sockets came or went; nullopt where that can't be told. A kernel without
// IPv6 has nothing to count of it.
std::optional<std::uint64_t> comings_and_goings(sys::Kernel& kernel) {
  std::optional<std::uint64_t> counts;
  for (const Counted& counted : kCounted) {
    std::array<char, 4096> buffer;
    const auto text = sys::read_small(kernel, {AT_FDCWD, counted.path}, buffer, kStep);
    if (text) {
      counts = model::mix(counts.value_or(0) ^ digest(*text, counted));
    } else if (text.error().sys_errno != ENOENT) {
      return std::nullopt;
    }
  }
  return counts;
}

}  // namespace

TcpPass::TcpPass(sys::Kernel& kernel) : kernel_(kernel), before_(comings_and_goings(kernel)) {}

PassTrust TcpPass::judge(const PassTally& tally) const {
  if (tally.in_one_go) return PassTrust::whole;
  if (tally.sockets > tcp_buckets(kernel_)) return PassTrust::long_chains;
  if (tally.half_open) return PassTrust::moved;
  return before_ && before_ == comings_and_goings(kernel_) ? PassTrust::whole : PassTrust::moved;
}

}  // namespace tcptable::backend
