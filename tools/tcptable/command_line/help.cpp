// SPDX-License-Identifier: MIT
// Names in a column on the left, what they mean on the right, wrapped.
#include "tcptable/command_line/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace tool {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kIndent = 2;

struct Entry {
  std::string term;
  std::string_view meaning;
};

std::string wrapped(std::string_view text, std::size_t indent) {
  std::string result;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find(' '), text.size());
    if (column != indent && column + 1 + length > kWidth) {
      result += '\n' + std::string(indent, ' ');
      column = indent;
    }
    if (column != indent) {
      result += ' ';
      ++column;
    }
    result += text.substr(0, length);
    column += length;
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return result;
}

std::string definitions(const std::vector<Entry>& entries) {
  std::size_t widest = 0;
  for (const Entry& entry : entries) widest = std::max(widest, entry.term.size());
  std::string text;
  for (const Entry& entry : entries) {
    text += fmt::format("{:{}}{:{}}  {}\n", "", kIndent, entry.term, widest,
                        wrapped(entry.meaning, kIndent + widest + 2));
  }
  return text;
}

// "-l, --listening", "    --sort FIELD"
std::string term_of(const OptionSpec& option) {
  std::string term = option.names.starts_with("--") ? "    " : "";
  for (const char c : option.names) term += c == ',' ? std::string(", ") : std::string(1, c);
  return option.argument.empty() ? term : fmt::format("{} {}", term, option.argument);
}

std::string commands_section() {
  std::vector<Entry> entries;
  for (const CommandSpec& spec : all_commands()) {
    if (!spec.name.empty()) entries.push_back({fmt::format("{} {}", spec.name, spec.operands), spec.summary});
  }
  return "\nCommands (`tcptable help COMMAND` tells more):\n" + definitions(entries);
}

}  // namespace

std::string help_text(Command command) {
  const CommandSpec& spec = spec_of(command);
  const std::string_view gap = spec.name.empty() ? "" : " ";
  std::vector<Entry> options;
  for (const OptionSpec& option : all_options()) {
    if (option.commands.contains(command)) options.push_back({term_of(option), option.help});
  }
  return fmt::format("usage: tcptable{}{} [OPTION]...{}{}\n{}\n\n{}{}\n{}", gap, spec.name,
                     spec.operands.empty() ? "" : " ", spec.operands, spec.summary, definitions(options),
                     command == Command::list ? commands_section() : "", spec.details);
}

}  // namespace tool
