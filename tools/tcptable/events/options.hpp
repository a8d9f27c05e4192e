// SPDX-License-Identifier: MIT
// What `tcptable events` was asked for.
#pragma once

#include <tcptable/events.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/filter/expression.hpp"

namespace tool {

struct EventsOptions {
  tcptable::EventQuery query;
  filter::Expression filter;
  bool json = false;
  std::optional<std::chrono::microseconds> duration;
  std::optional<std::uint64_t> count;
};

std::variant<EventsOptions, UsageError> events_options(const Arguments& arguments);

}  // namespace tool
