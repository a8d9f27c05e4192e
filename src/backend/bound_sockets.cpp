// SPDX-License-Identifier: MIT
#include "backend/bound_sockets.hpp"

#include <fcntl.h>

#include <array>
#include <charconv>
#include <utility>

#include "sys/file.hpp"

namespace tcptable::backend {

bool lists_bound_sockets(std::string_view kernel_release) {
  constexpr std::pair<int, int> kFirst{6, 8};
  std::pair<int, int> version{0, 0};
  const char* const end = kernel_release.data() + kernel_release.size();
  const auto major = std::from_chars(kernel_release.data(), end, version.first);
  if (major.ec != std::errc{} || major.ptr == end || *major.ptr != '.') return false;
  const auto minor = std::from_chars(major.ptr + 1, end, version.second);
  return minor.ec == std::errc{} && version >= kFirst;
}

Result<void> check_bound_sockets(sys::Kernel& kernel) {
  std::array<char, 128> buffer;
  const sys::Path path{AT_FDCWD, "/proc/sys/kernel/osrelease"};
  const auto release = sys::read_small(kernel, path, buffer, Step::choose_backend);
  if (!release) return tl::unexpected(release.error());
  if (!lists_bound_sockets(*release))
    return tl::unexpected(Error{Errc::not_supported, Step::choose_backend, 0});
  return {};
}

}  // namespace tcptable::backend
