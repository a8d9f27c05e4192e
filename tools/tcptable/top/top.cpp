// SPDX-License-Identifier: MIT
// The rooms put together: options, table, terminal, loop.
#include "tcptable/top/top.hpp"

#include <fmt/format.h>
#include <tcptable/snapshot.hpp>

#include "tcptable/top/details.hpp"
#include "tcptable/top/loop.hpp"
#include "tcptable/top/options.hpp"

namespace tool::top {
namespace {

std::string refresh(LiveTable& table) {
  const Choices& choices = table.choices();
  // A query for nothing is an error of its own.
  if (!choices.tcp && !choices.udp) {
    table.clear();
    return {};
  }
  auto snapshot = tcptable::take_snapshot(query_for(choices));
  if (!snapshot) return to_string(snapshot.error());
  table.update(std::move(*snapshot));
  return {};
}

std::vector<Detail> details(const Socket& socket, Names& names) {
  return details_of(read_facts(*socket.row, socket.owner()), names);
}

/// 0, or the signal to end by.
int watch(LiveTable& table, const Options& options, SignalPipe& signals, Terminal& terminal) {
  ViewState state;
  state.colors = options.colors && terminal.has_colors();
  state.interval = escape(fmt::format("{:g} s", static_cast<double>(options.interval.count()) / 1000));
  Controller controller(table, std::move(state), details);
  return Loop(
             terminal, signals, controller, [&] { return refresh(table); }, options.interval)
      .run();
}

}  // namespace

ExitStatus run_top(const Arguments& arguments) {
  const std::string* columns = arguments.value(Option::columns);
  if (columns != nullptr && *columns == "help") return print(columns_help());
  const auto parsed = top_options(arguments);
  if (const auto* wrong = std::get_if<UsageError>(&parsed)) return fail(wrong->text, ExitStatus::usage);
  const auto& options = std::get<Options>(parsed);
  if (const std::string missing = Terminal::what_is_missing(); !missing.empty())
    return fail("top: " + missing, ExitStatus::usage);
  LiveTable table(options.choices);
  // What never works is told by an exit status, not in the picture.
  auto first = tcptable::take_snapshot(query_for(options.choices));
  if (!first) return fail(first.error());
  table.update(std::move(*first));
  int signal = 0;
  {
    SignalPipe signals;
    Terminal terminal;
    signal = watch(table, options, signals, terminal);
  }
  if (signal != 0) die_by(signal);
  return ExitStatus::found;
}

}  // namespace tool::top
