// SPDX-License-Identifier: MIT
#include "owner/stat_file.hpp"

#include <array>

#include "sys/file.hpp"

namespace tcptable::owner {

Result<ProcessStat> read_process_stat(sys::Kernel& kernel, int directory, Step step) {
  std::array<char, 1024> buffer;
  const auto text = sys::read_small(kernel, {directory, "stat"}, buffer, step);
  if (!text) return tl::unexpected(text.error());
  auto stat = parse_process_stat(*text);
  if (!stat) return tl::unexpected(Error{Errc::malformed_reply, step, 0});
  return std::move(*stat);
}

}  // namespace tcptable::owner
