// SPDX-License-Identifier: MIT
#include "tcptable/events/options.hpp"

#include <cstdint>
#include <limits>

#include "tcptable/command_line/filter_operands.hpp"
#include "tcptable/filter/number.hpp"

namespace tool {
namespace {

// A year: clocks don't overflow with it.
constexpr std::uint64_t kLongest = std::uint64_t{366} * 24 * 3600 * 1'000'000;

UsageError wrong(std::string_view text) {
  return usage_error(text, Command::events);
}

std::optional<UsageError> add_limits(const Arguments& arguments, EventsOptions& options) {
  if (const std::string* text = arguments.value(Option::duration)) {
    const auto microseconds = filter::parse_number(filter::ValueKind::duration, *text);
    if (!microseconds || *microseconds == 0 || *microseconds > kLongest)
      return wrong("--for: no time like 10s, 5m or 1h30m: " + *text);
    options.duration = std::chrono::microseconds(*microseconds);
  }
  if (const std::string* text = arguments.value(Option::count)) {
    options.count = filter::parse_digits(*text, std::numeric_limits<std::uint64_t>::max());
    if (!options.count || *options.count == 0) return wrong("--count: no number of events: " + *text);
  }
  return std::nullopt;
}

}  // namespace

std::variant<EventsOptions, UsageError> events_options(const Arguments& arguments) {
  EventsOptions options;
  options.query.udp = arguments.has(Option::udp);
  options.query.tcp = arguments.has(Option::tcp) || !options.query.udp;
  options.query.ipv4 = arguments.has(Option::ipv4) || !arguments.has(Option::ipv6);
  options.query.ipv6 = arguments.has(Option::ipv6) || !arguments.has(Option::ipv4);
  options.json = arguments.has(Option::json) || arguments.has(Option::ndjson);
  if (auto error = add_limits(arguments, options)) return std::move(*error);
  auto filter = filter_of(arguments.operands);
  if (!filter) return std::move(filter.error());
  options.filter = std::move(*filter);
  return options;
}

}  // namespace tool
