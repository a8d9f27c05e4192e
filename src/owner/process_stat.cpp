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

// From the state, field 3, on. The name before it may hold any byte, also ") 1 2".
std::optional<std::string_view> fields_behind_name(std::string_view text) {
  const std::size_t close = text.rfind(')');
  if (close == text.npos || close + 2 > text.size()) return std::nullopt;
  return text.substr(close + 2);
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

}  // namespace

std::optional<Process> parse_process_stat(std::string_view text) {
  constexpr int kFieldsBetween = 19;  // from the state, field 3, to the start time, field 22
  const std::size_t open = text.find(" (");
  const std::size_t close = text.rfind(')');
  if (open == text.npos || close == text.npos || close < open + 2) return std::nullopt;
  Process process;
  process.name = text.substr(open + 2, close - open - 2);
  if (!parse_number(text.substr(0, open), process.pid)) return std::nullopt;
  auto rest = fields_behind_name(text);
  if (!rest || !skip_fields(*rest, kFieldsBetween)) return std::nullopt;
  const std::size_t end = rest->find(' ');  // others follow: without them the number may have been cut
  if (end == rest->npos || !parse_number(rest->substr(0, end), process.start_time)) return std::nullopt;
  return process;
}

std::optional<ProcessKind> parse_process_kind(std::string_view text) {
  constexpr int kFieldsBetween = 6;                     // from the state, field 3, to the flags, field 9
  constexpr std::uint32_t kKernelThread = 0x0020'0000;  // PF_KTHREAD, linux/sched.h
  auto rest = fields_behind_name(text);
  if (!rest || rest->empty()) return std::nullopt;
  const char state = rest->front();
  std::uint32_t flags = 0;
  if (!skip_fields(*rest, kFieldsBetween)) return std::nullopt;
  if (!parse_number(rest->substr(0, rest->find(' ')), flags)) return std::nullopt;
  if ((flags & kKernelThread) != 0) return ProcessKind::kernel_thread;
  return state == 'Z' || state == 'X' ? ProcessKind::exited : ProcessKind::program;
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
