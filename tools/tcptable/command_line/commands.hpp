// SPDX-License-Identifier: MIT
// Every command and option of the tool, in one table each: the parser, --help, the completions and a test of
// the man pages read them.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace tool {

enum class Command : std::uint8_t { list, who, why, stats, top, events, close, diff, doctor, completions };

inline constexpr int kCommandCount = 10;

class CommandSet {
 public:
  constexpr CommandSet(std::initializer_list<Command> commands) {
    for (const Command command : commands) bits_ |= bit(command);
  }
  static constexpr CommandSet all() {
    CommandSet set{};
    set.bits_ = (1U << kCommandCount) - 1;
    return set;
  }
  constexpr bool contains(Command command) const { return (bits_ & bit(command)) != 0; }

 private:
  static constexpr std::uint32_t bit(Command command) { return 1U << static_cast<unsigned>(command); }

  std::uint32_t bits_ = 0;
};

struct CommandSpec {
  Command command;
  std::string_view name;      ///< Empty for the list, which is what the tool does without a command.
  std::string_view operands;  ///< As the usage line names them; empty where the command takes none.
  std::string_view summary;
  std::string_view operand_values;  ///< What a completion offers for them, separated by spaces.
  bool takes_files;                 ///< The operands are files.
  std::string_view details;         ///< What --help says below the options: examples, exit status.
};

enum class Option : std::uint8_t {
  tcp,
  udp,
  ipv4,
  ipv6,
  listening,
  numeric,
  resolve,
  all_namespaces,
  columns,
  sort,
  group_by,
  no_header,
  color,
  json,
  ndjson,
  csv,
  interval,
  strict,
  duration,
  count,
  dry_run,
  yes,
  listeners,
  force,
  as,
  version,
  help,
};

struct OptionSpec {
  Option option;
  CommandSet commands;
  std::string_view names;     ///< "-l,--listening"
  std::string_view argument;  ///< What --help calls it; empty for a flag.
  std::string_view help;
  std::string_view values;  ///< What a completion offers for the argument, separated by spaces.
};

std::span<const CommandSpec> all_commands();
const CommandSpec& spec_of(Command command);
std::span<const OptionSpec> all_options();

}  // namespace tool
