// SPDX-License-Identifier: MIT
// The only file that knows CLI11, which takes seconds to compile.
#include "tcptable/command_line/arguments.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>

#include "tcptable/output/display.hpp"

namespace tool {
namespace {

// What CLI11 fills for one option.
struct Slot {
  Option option;
  bool is_flag;
  bool flag = false;
  std::optional<std::string> value;
};

using Slots = std::deque<Slot>;  // CLI11 keeps references

void declare(CLI::App& app, Command command, Slots& slots) {
  app.set_help_flag();
  app.allow_extras();
  for (const OptionSpec& spec : all_options()) {
    if (!spec.commands.contains(command)) continue;
    Slot& slot = slots.emplace_back(Slot{spec.option, spec.argument.empty(), false, std::nullopt});
    const std::string names(spec.names);
    if (slot.is_flag) {
      app.add_flag(names, slot.flag)->disable_flag_override();
    } else {
      app.add_option(names, slot.value)->type_name(std::string(spec.argument));
    }
  }
}

Command command_named(std::string_view word) {
  const auto commands = all_commands();
  const auto found = std::find_if(commands.begin(), commands.end(), [&](const CommandSpec& spec) {
    return !spec.name.empty() && spec.name == word;
  });
  return found == commands.end() ? Command::list : found->command;
}

// CLI11 says "--sort: 1 required COLUMN missing".
std::string readable(std::string text) {
  constexpr std::string_view kRequired = ": 1 required ", kMissing = " missing";
  const std::size_t at = text.find(kRequired);
  if (at == text.npos || !text.ends_with(kMissing)) return text;
  const std::string argument = text.substr(at + kRequired.size());
  return text.substr(0, at) + " needs its " + argument.substr(0, argument.size() - kMissing.size());
}

// `tcptable help`, `tcptable help who`
std::optional<Arguments> asked_for_help(int count, const char* const* words) {
  if (count < 2 || count > 3 || words[1] != std::string_view("help")) return std::nullopt;
  Arguments arguments;
  if (count == 3) arguments.command = command_named(words[2]);
  if (count == 3 && arguments.command == Command::list) return std::nullopt;
  arguments.set(Option::help, {});
  return arguments;
}

}  // namespace

UsageError usage_error(std::string_view text, Command command) {
  const std::string_view name = spec_of(command).name;
  const std::string help = name.empty() ? "--help" : "`tcptable " + std::string(name) + " --help`";
  return {escape(text).text() + "; try " + help};
}

std::variant<Arguments, UsageError> parse_command_line(int count, const char* const* words) {
  if (auto help = asked_for_help(count, words)) return std::move(*help);
  Arguments arguments;
  if (count > 1) arguments.command = command_named(words[1]);
  // CLI11 takes the rest backwards.
  const int first = arguments.command == Command::list ? 1 : 2;
  std::vector<std::string> rest(words + std::min(first, count), words + count);
  std::reverse(rest.begin(), rest.end());
  CLI::App app;
  Slots slots;
  declare(app, arguments.command, slots);
  try {
    app.parse(std::move(rest));
  } catch (const CLI::ParseError& error) {
    return usage_error(readable(error.what()), arguments.command);
  }
  for (std::string& word : app.remaining()) {
    // "-" and "!" begin no operand of ours, so this is a misspelt option.
    if (word.size() > 1 && word.front() == '-')
      return usage_error("no such option: " + word, arguments.command);
    arguments.operands.push_back(std::move(word));
  }
  for (const Slot& slot : slots) {
    if (slot.is_flag ? slot.flag : slot.value.has_value())
      arguments.set(slot.option, slot.value.value_or(std::string()));
  }
  return arguments;
}

}  // namespace tool
