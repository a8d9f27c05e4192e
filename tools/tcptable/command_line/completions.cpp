// SPDX-License-Identifier: MIT
// One function a shell. The texts come from our own tables: words without quotes, dollars or backslashes
// (tested).
#include "tcptable/command_line/completions.hpp"

#include <fmt/format.h>

#include <vector>

#include "tcptable/command_line/commands.hpp"

namespace tool {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, length));
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return parts;
}

// How the scripts call the command that has no name.
std::string_view label(const CommandSpec& command) {
  return command.name.empty() ? "list" : command.name;
}

std::string command_names() {
  std::string names;
  for (const CommandSpec& command : all_commands()) {
    if (!command.name.empty()) names += fmt::format("{}{}", names.empty() ? "" : " ", command.name);
  }
  return names;
}

std::string joined(std::string_view names, char separator) {
  std::string text(names);
  for (char& c : text) c = c == ',' ? separator : c;
  return text;
}

// Columns: behind a comma stands another, and + or - before each.
bool takes_columns(const OptionSpec& option) {
  return option.argument == "LIST" || option.argument == "COLUMN";
}

// The case labels of the options that take one of a few values, each with its action.
template <typename Action>
std::string value_cases(const CommandSpec& command, Action&& action) {
  std::string cases;
  for (const OptionSpec& option : all_options()) {
    if (!option.commands.contains(command.command) || option.values.empty()) continue;
    for (const std::string_view name : split(option.names, ','))
      cases += fmt::format("    {}:{}) {}; return ;;\n", label(command), name, action(option));
  }
  return cases;
}

std::string bash() {
  std::string values, words;
  for (const CommandSpec& command : all_commands()) {
    values += value_cases(command, [](const OptionSpec& option) {
      const bool columns = takes_columns(option);
      return fmt::format(R"(COMPREPLY=($(compgen {}-W "{}" -- {})))",
                         columns ? R"(-P "${word%"$last"}" )" : "", option.values,
                         columns ? R"("$last")" : R"("$word")");
    });
    std::string offered(command.command == Command::list ? command_names() : command.operand_values);
    for (const OptionSpec& option : all_options()) {
      if (option.commands.contains(command.command)) offered += " " + joined(option.names, ' ');
    }
    words += fmt::format("    {}) COMPREPLY=($(compgen {}-W \"{}\" -- \"$word\")) ;;\n", label(command),
                         command.takes_files ? "-f " : "", offered);
  }
  return fmt::format(R"(# bash completion for tcptable
_tcptable() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command=list
  local last=${{word##*[,+-]}}
  if [ "$COMP_CWORD" -gt 1 ]; then
    case " {0} " in *" ${{COMP_WORDS[1]}} "*) command=${{COMP_WORDS[1]}} ;; esac
  fi
  case $command:$before in
{1}  esac
  case $command in
{2}  esac
}}
complete -F _tcptable tcptable
)",
                     command_names(), values, words);
}

std::string zsh_option(const OptionSpec& option) {
  std::string lines;
  for (const std::string_view name : split(option.names, ','))
    lines += fmt::format("      '{}:{}'\n", name, option.help);
  return lines;
}

std::string zsh() {
  std::string values, options, operands, commands;
  for (const CommandSpec& command : all_commands()) {
    values += value_cases(command, [](const OptionSpec& option) {
      return (takes_columns(option) ? "compset -P '*[,+-]'; compadd " : "compadd ") +
             std::string(option.values);
    });
    options += fmt::format("    {}) options=(\n", label(command));
    for (const OptionSpec& option : all_options()) {
      if (option.commands.contains(command.command)) options += zsh_option(option);
    }
    options += "    ) ;;\n";
    if (!command.operand_values.empty())
      operands += fmt::format("    {}) compadd {} ;;\n", label(command), command.operand_values);
    if (command.takes_files) operands += fmt::format("    {}) _files ;;\n", label(command));
    if (!command.name.empty()) commands += fmt::format("    '{}:{}'\n", command.name, command.summary);
  }
  return fmt::format(R"(#compdef tcptable
_tcptable() {{
  local command=list before=${{words[CURRENT-1]}}
  local -a commands options
  commands=(
{0}  )
  if (( CURRENT > 2 )) && [[ " {1} " == *" ${{words[2]}} "* ]]; then command=${{words[2]}}; fi
  case $command:$before in
{2}  esac
  case $command in
{3}  esac
  if (( CURRENT == 2 )); then _describe command commands; fi
  _describe option options
  case $command in
{4}  esac
}}
_tcptable "$@"
)",
                     commands, command_names(), values, options, operands);
}

std::string fish_option(const CommandSpec& command, const OptionSpec& option) {
  std::string line = fmt::format("complete -c tcptable -n '__tcptable_in {}'", label(command));
  for (std::string_view name : split(option.names, ',')) {
    const bool is_long = name.starts_with("--");
    name.remove_prefix(is_long ? 2 : 1);
    line += fmt::format(" -{} {}", is_long ? 'l' : 's', name);
  }
  if (!option.argument.empty()) line += " -x";
  if (!option.values.empty()) line += fmt::format(" -a '{}'", option.values);
  return line + fmt::format(" -d '{}'\n", option.help);
}

std::string fish() {
  std::string lines = fmt::format(R"(# fish completion for tcptable
function __tcptable_in
  set -l words (commandline -opc)
  set -l command list
  if set -q words[2]; and contains -- $words[2] {}
    set command $words[2]
  end
  test $command = $argv[1]
end
complete -c tcptable -f
)",
                                  command_names());
  for (const CommandSpec& command : all_commands()) {
    if (!command.name.empty())
      lines += fmt::format("complete -c tcptable -n '__fish_is_first_arg' -a {} -d '{}'\n", command.name,
                           command.summary);
    if (!command.operand_values.empty())
      lines += fmt::format("complete -c tcptable -n '__tcptable_in {}' -a '{}'\n", label(command),
                           command.operand_values);
    if (command.takes_files)
      lines += fmt::format("complete -c tcptable -n '__tcptable_in {}' -F\n", label(command));
    for (const OptionSpec& option : all_options()) {
      if (option.commands.contains(command.command)) lines += fish_option(command, option);
    }
  }
  return lines;
}

}  // namespace

std::optional<std::string> completions_for(std::string_view shell) {
  if (shell == "bash") return bash();
  if (shell == "zsh") return zsh();
  if (shell == "fish") return fish();
  return std::nullopt;
}

}  // namespace tool
