// SPDX-License-Identifier: MIT
#include "owner/clock_offsets.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "sys/file.hpp"

namespace tcptable::owner {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

// Leaves what is behind the number, and before it any blanks.
std::optional<std::int64_t> take_number(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

// In the line that begins with the clock's name: seconds, which may be negative, and nanoseconds beyond them.
std::optional<std::int64_t> offset_of(std::string_view clock, std::string_view text) {
  const std::size_t line = text.find(clock);
  if (line == text.npos) return std::nullopt;
  text.remove_prefix(line + clock.size());
  const auto seconds = take_number(text);
  const auto nanoseconds = seconds ? take_number(text) : std::nullopt;
  std::int64_t whole = 0;
  std::int64_t offset = 0;
  if (!nanoseconds || __builtin_mul_overflow(*seconds, kNanosecondsPerSecond, &whole) ||
      __builtin_add_overflow(whole, *nanoseconds, &offset)) {
    return std::nullopt;
  }
  return offset;
}

// A kernel without time namespaces has no such link, and a caller without /proc nothing to compare with.
bool in_initial_time_namespace(sys::Kernel& kernel) {
  constexpr std::string_view kInitial = "time:[4026531834]";  // PROC_TIME_INIT_INO, linux/proc_ns.h
  std::array<char, 32> target;
  const ssize_t length = kernel.readlinkat(AT_FDCWD, "/proc/self/ns/time", target.data(), target.size());
  return length < 0 || std::string_view(target.data(), static_cast<std::size_t>(length)) == kInitial;
}

}  // namespace

std::optional<ClockOffsets> parse_clock_offsets(std::string_view text) {
  const auto monotonic = offset_of("monotonic", text);
  const auto boottime = offset_of("boottime", text);
  if (!monotonic || !boottime) return std::nullopt;
  return ClockOffsets{*monotonic, *boottime};
}

// The file tells of the namespace that children will be in: the process's own, unless it has called
// unshare(CLONE_NEWTIME). Whoever does so is nearly always in the initial one himself. It is empty where the
// process's first thread has exited.
Result<ClockOffsets> read_clock_offsets(sys::Kernel& kernel, Step step) {
  if (in_initial_time_namespace(kernel)) return ClockOffsets();
  std::array<char, 256> buffer;
  const auto text = sys::read_small(kernel, {AT_FDCWD, "/proc/self/timens_offsets"}, buffer, step);
  if (!text) return tl::unexpected(text.error());
  if (text->empty()) return ClockOffsets();
  const auto offsets = parse_clock_offsets(*text);
  if (!offsets) return tl::unexpected(Error{Errc::malformed_reply, step, 0});
  return *offsets;
}

}  // namespace tcptable::owner
