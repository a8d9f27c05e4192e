// SPDX-License-Identifier: MIT
// The options of the imitated tools, in one table: the parser, --help and a test of docs/habits.md read it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tcptable/habits/imitation.hpp"

namespace tool {

enum class HabitOption : std::uint8_t {
  tcp,
  udp,
  ipv4,
  ipv6,
  family,
  all,
  listening,
  numeric,
  numeric_hosts,
  numeric_ports,
  resolve,
  processes,
  extended,
  wide,
  no_header,
  internet,
  state,
  terse,
  fields,
  pid,
  command_width,
  numeric_users,
  all_of,
  no_effect,
  help,
};

enum class HabitArgument : std::uint8_t {
  none,
  required,
  optional,  ///< Attached, or the next word unless that begins with '-' or '+'.
};

struct HabitSpec {
  Imitation imitation;
  HabitOption option;
  std::string_view names;  ///< "-t,--tcp"
  HabitArgument argument;
  std::string_view meaning;
};

std::span<const HabitSpec> all_habit_options();

struct GivenOption {
  HabitOption option;
  std::string value;
};

struct HabitWords {
  std::vector<GivenOption> options;
  std::vector<std::string> operands;

  bool has(HabitOption wanted) const {
    return std::any_of(options.begin(), options.end(),
                       [&](const auto& given) { return given.option == wanted; });
  }
  std::vector<std::string> values(HabitOption wanted) const {
    std::vector<std::string> found;
    for (const GivenOption& given : options) {
      if (given.option == wanted) found.push_back(given.value);
    }
    return found;
  }
};

/// What can't be imitated, in a few words.
struct NotUnderstood {
  std::string text;
};

/// `words` without the tool's name.
std::variant<HabitWords, NotUnderstood> parse_words(Imitation imitation, std::span<const std::string> words);

/// Says so on standard error; the text may quote what the caller typed.
ExitStatus not_understood(Imitation imitation, const NotUnderstood& wrong);

std::string habit_help(Imitation imitation);

}  // namespace tool
