// SPDX-License-Identifier: MIT
#include "owner/stat_file.hpp"

#include <array>

namespace tcptable::owner {

Result<ProcessStat> read_process_stat(sys::Kernel& kernel, sys::Path file, Step step) {
  std::array<char, 1024> buffer;
  const auto text = sys::read_small(kernel, file, buffer, step);
  if (!text) return tl::unexpected(text.error());
  auto stat = parse_process_stat(*text);
  if (!stat) return tl::unexpected(Error{Errc::malformed_reply, step, 0});
  return std::move(*stat);
}

}  // namespace tcptable::owner
