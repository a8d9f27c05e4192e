// SPDX-License-Identifier: MIT
#include "backend/hashed_sockets.hpp"

#include <fcntl.h>

#include <array>
#include <charconv>

#include "sys/file.hpp"

namespace tcptable::backend {
namespace {

constexpr Step kStep = Step::read_net_table;
constexpr char kIpv4Path[] = "/proc/thread-self/net/sockstat";
constexpr char kIpv6Path[] = "/proc/thread-self/net/sockstat6";

std::optional<std::size_t> number_behind(std::string_view text, std::string_view words) {
  const std::size_t at = text.find(words);
  if (at == text.npos) return std::nullopt;
  std::size_t number = 0;
  const char* const first = text.data() + at + words.size();
  const auto [end, error] = std::from_chars(first, text.data() + text.size(), number);
  if (error != std::errc{} || end == first) return std::nullopt;
  return number;
}

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
  return number_behind(text, family == Family::ipv4 ? "TCP: inuse " : "TCP6: inuse ");
}

Result<std::size_t> hashed_sockets(sys::Kernel& kernel, Family family) {
  return read_number(kernel, family == Family::ipv4 ? kIpv4Path : kIpv6Path,
                     [&](std::string_view text) { return parse_hashed_sockets(text, family); });
}

Result<std::size_t> time_wait_sockets(sys::Kernel& kernel) {
  return read_number(kernel, kIpv4Path, [](std::string_view text) { return number_behind(text, " tw "); });
}

}  // namespace tcptable::backend
