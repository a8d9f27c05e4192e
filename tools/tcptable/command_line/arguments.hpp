// SPDX-License-Identifier: MIT
// The command line, parsed: which command, which of its options, and the words left over.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tcptable/command_line/commands.hpp"

namespace tool {

/// One line without its newline, or several (a caret under the place), fit for a terminal.
struct UsageError {
  std::string text;
};

class Arguments {
 public:
  Command command = Command::list;
  std::vector<std::string> operands;

  bool has(Option option) const { return given_.contains(option); }
  /// nullptr where the option wasn't given.
  const std::string* value(Option option) const {
    const auto at = given_.find(option);
    return at == given_.end() ? nullptr : &at->second;
  }
  void set(Option option, std::string value) { given_[option] = std::move(value); }

 private:
  std::map<Option, std::string> given_;
};

/// The first word chooses the command, if it is one's name; options and operands may be mixed behind it.
std::variant<Arguments, UsageError> parse_command_line(int count, const char* const* words);

/// The error's text may quote what the caller typed; it is escaped, and the way to help added.
UsageError usage_error(std::string_view text, Command command = Command::list);

}  // namespace tool
