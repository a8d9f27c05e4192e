// SPDX-License-Identifier: MIT
#include "owner/process_stat.hpp"

#include <charconv>

namespace tcptable::owner {
namespace {

template <typename T>
bool parse_number(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

// Leaves what is behind the first `count` fields; false where there are not so many.
bool skip_fields(std::string_view& fields, int count) {
  for (int i = 0; i < count; ++i) {
    const std::size_t blank = fields.find(' ');
    if (blank == fields.npos) return false;
    fields.remove_prefix(blank + 1);
  }
  return true;
}

// The first field. Others follow: without them the number may have been cut.
template <typename T>
bool read_first(std::string_view fields, T& value) {
  const std::size_t blank = fields.find(' ');
  return blank != fields.npos && parse_number(fields.substr(0, blank), value);
}

ProcessKind kind_of(char state, std::uint32_t flags) {
  constexpr std::uint32_t kKernelThread = 0x0020'0000;  // PF_KTHREAD, linux/sched.h
  if ((flags & kKernelThread) != 0) return ProcessKind::kernel_thread;
  return state == 'Z' || state == 'X' ? ProcessKind::exited : ProcessKind::program;
}

}  // namespace

std::optional<ProcessStat> parse_process_stat(std::string_view text) {
  const std::size_t open = text.find(" (");
  const std::size_t close = text.rfind(')');
  if (open == text.npos || close == text.npos || close < open + 2) return std::nullopt;
  ProcessStat stat;
  stat.process.name = text.substr(open + 2, close - open - 2);
  if (!parse_number(text.substr(0, open), stat.process.pid)) return std::nullopt;
  std::string_view rest = text.substr(close + 1);
  if (!skip_fields(rest, 1) || rest.empty()) return std::nullopt;
  const char state = rest.front();  // field 3
  std::uint32_t flags = 0;
  if (!skip_fields(rest, 1) || !read_first(rest, stat.parent)) return std::nullopt;               // field 4
  if (!skip_fields(rest, 5) || !read_first(rest, flags)) return std::nullopt;                     // field 9
  if (!skip_fields(rest, 13) || !read_first(rest, stat.process.start_time)) return std::nullopt;  // field 22
  stat.kind = kind_of(state, flags);
  return stat;
}

std::optional<std::uint32_t> parse_socket_link(std::string_view target) {
  constexpr std::string_view kPrefix = "socket:[";
  std::uint32_t inode = 0;
  if (!target.starts_with(kPrefix) || !target.ends_with(']')) return std::nullopt;
  target.remove_prefix(kPrefix.size());
  target.remove_suffix(1);
  if (!parse_number(target, inode)) return std::nullopt;
  return inode;
}

}  // namespace tcptable::owner
