// SPDX-License-Identifier: MIT
// The tool: the command line chooses a command, which does the rest.
#include <csignal>
#include <exception>

#include "tcptable/close/close.hpp"
#include "tcptable/command_line/arguments.hpp"
#include "tcptable/command_line/completions.hpp"
#include "tcptable/command_line/help.hpp"
#include "tcptable/diff/diff.hpp"
#include "tcptable/doctor/doctor.hpp"
#include "tcptable/events/events.hpp"
#include "tcptable/habits/imitation.hpp"
#include "tcptable/list/list.hpp"
#include "tcptable/output/console.hpp"
#include "tcptable/output/display.hpp"
#include "tcptable/output/heap.hpp"
#include "tcptable/stats/stats.hpp"
#include "tcptable/top/top.hpp"
#include "tcptable/who/who.hpp"
#include "tcptable/why/why.hpp"

namespace {

using tool::Arguments;
using tool::Command;
using tool::ExitStatus;
using tool::Option;

ExitStatus run_completions(const Arguments& arguments) {
  const auto text =
      arguments.operands.size() == 1 ? tool::completions_for(arguments.operands.front()) : std::nullopt;
  if (text) return tool::print(*text);
  return fail(tool::usage_error("completions for bash, zsh or fish?", Command::completions).text,
              ExitStatus::usage);
}

ExitStatus run_command(const Arguments& arguments) {
  switch (arguments.command) {
    case Command::list:
      return tool::run_list(arguments);
    case Command::who:
      return tool::run_who(arguments);
    case Command::why:
      return tool::run_why(arguments);
    case Command::stats:
      return tool::run_stats(arguments);
    case Command::events:
      return tool::run_events(arguments);
    case Command::close:
      return tool::run_close(arguments);
    case Command::diff:
      return tool::run_diff(arguments);
    case Command::top:
      return tool::top::run_top(arguments);
    case Command::doctor:
      return tool::run_doctor(arguments);
    case Command::completions:
      return run_completions(arguments);
  }
  return ExitStatus::usage;
}

ExitStatus run(int count, const char* const* words) {
  if (const auto imitated = tool::imitated_call({words, static_cast<std::size_t>(count)}))
    return tool::run_imitation(*imitated);
  const auto parsed = tool::parse_command_line(count, words);
  if (const auto* wrong = std::get_if<tool::UsageError>(&parsed))
    return tool::fail(wrong->text, ExitStatus::usage);
  const auto& arguments = std::get<Arguments>(parsed);
  if (arguments.has(Option::help)) return tool::print(tool::help_text(arguments.command));
  if (arguments.has(Option::version))
    return tool::print("tcptable " TCPTABLE_VERSION " (backends: bpf, sock_diag, procfs)\n");
  if (arguments.has(Option::as))
    return tool::fail(tool::usage_error("--as comes first, before ss, netstat or lsof").text,
                      ExitStatus::usage);
  return run_command(arguments);
}

}  // namespace

int main(int count, char** words) {
  tool::use_large_pages();
  // A parent may have left SIGPIPE ignored; `tcptable | head` shall end quietly all the same.
  std::signal(SIGPIPE, SIG_DFL);
  tool::adopt_terminal_charset();
  ExitStatus status = ExitStatus::failed;
  try {
    status = run(count, words);
  } catch (const std::exception& error) {
    status = tool::fail(error.what(), ExitStatus::failed);
  }
  return static_cast<int>(status);
}
