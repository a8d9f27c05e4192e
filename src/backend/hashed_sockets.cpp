// SPDX-License-Identifier: MIT
#include "backend/hashed_sockets.hpp"

#include <fcntl.h>

#include <array>

#include "sys/file.hpp"
#include "sys/sockstat.hpp"

namespace tcptable::backend {
namespace {

constexpr Step kStep = Step::read_net_table;
constexpr char kIpv4Path[] = "/proc/thread-self/net/sockstat";
constexpr char kIpv6Path[] = "/proc/thread-self/net/sockstat6";

template <typename Parse>
Result<std::size_t> read_number(sys::Kernel& kernel, const char* path, const Parse& parse) {
  std::array<char, 512> buffer;
  const auto text = sys::read_small(kernel, {AT_FDCWD, path}, buffer, kStep);
  if (!text) return tl::unexpected(text.error());
  const std::optional<std::size_t> number = parse(*text);
  if (!number) return tl::unexpected(Error{Errc::malformed_reply, kStep, 0});
  return *number;
}

}  // namespace

std::optional<std::size_t> parse_hashed_sockets(std::string_view text, Family family) {
  return sys::number_behind(text, family == Family::ipv4 ? "TCP: inuse " : "TCP6: inuse ");
}

Result<std::size_t> hashed_sockets(sys::Kernel& kernel, Family family) {
  return read_number(kernel, family == Family::ipv4 ? kIpv4Path : kIpv6Path,
                     [&](std::string_view text) { return parse_hashed_sockets(text, family); });
}

Result<std::size_t> time_wait_sockets(sys::Kernel& kernel) {
  return read_number(kernel, kIpv4Path, sys::parse_time_wait_sockets);
}

}  // namespace tcptable::backend
