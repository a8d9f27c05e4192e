// SPDX-License-Identifier: MIT
// Which sockets, the question, and a result for each.
#include "tcptable/close/close.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <tcptable/tcptable.hpp>

#include <algorithm>
#include <cerrno>
#include <string>
#include <tuple>
#include <vector>

#include "tcptable/close/victim.hpp"
#include "tcptable/command_line/filter_operands.hpp"
#include "tcptable/filter/match.hpp"
#include "tcptable/filter/narrow.hpp"
#include "tcptable/filter/snapshot_facts.hpp"
#include "tcptable/output/place.hpp"
#include "tcptable/output/progress.hpp"

namespace tool {
namespace {

using tcptable::Snapshot;
using tcptable::SocketRow;
using Rows = std::vector<const SocketRow*>;

std::string line_of(const Snapshot& snapshot, const SocketRow& row) {
  const tcptable::Process* owner = snapshot.owner(row);
  const std::string remote = row.state == tcptable::State::listen ? "" : " <-> " + place_text(row.remote);
  return fmt::format("{}{}  {}  {}", place_text(row.local), remote, to_string(row.state),
                     owner != nullptr ? process_text(*owner) : std::string("-"));
}

// Without --force, the caller's own connection is left out, and said.
Rows rows_to_close(const Snapshot& snapshot, const filter::Expression& filter, const Arguments& arguments) {
  const close::OwnSession session = close::own_session();
  filter::SnapshotFacts facts(snapshot);
  Rows rows;
  for (const SocketRow& row : snapshot.rows()) {
    facts.look_at(row);
    const bool is_listener = row.state == tcptable::State::listen;
    if (is_listener != arguments.has(Option::listeners) || !filter::matches(filter, facts)) continue;
    if (!arguments.has(Option::force) && belongs_to(session, snapshot, row)) {
      fail("kept, as you are logged in by it (--force closes it, too): " + line_of(snapshot, row),
           ExitStatus::found);
      continue;
    }
    rows.push_back(&row);
  }
  return rows;
}

ExitStatus print_rows(const Snapshot& snapshot, const Rows& rows) {
  ChunkedOutput out = standard_output();
  for (const SocketRow* row : rows) out.append(line_of(snapshot, *row) + "\n");
  return after_writing(out.finish(), ExitStatus::found);
}

// Only "y" and "yes" are a yes; the end of input is a no.
bool confirmed(std::size_t count) {
  write_all(STDERR_FILENO, fmt::format("Close {} {}? [y/N] ", count, count == 1 ? "socket" : "sockets"));
  std::string answer;
  for (char c = 0; c != '\n';) {
    const ssize_t got = read(STDIN_FILENO, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    if (c != '\n') answer += c;
  }
  return answer == "y" || answer == "Y" || answer == "yes";
}

ExitStatus close_rows(const Snapshot& snapshot, const Rows& rows) {
  tcptable::OwnerFinder finder;
  std::size_t closed = 0;
  bool forbidden = false;
  ChunkedOutput out = standard_output();
  for (const SocketRow* row : rows) {
    const auto trouble = close::close_row(snapshot, *row, finder);
    forbidden = forbidden || (trouble && trouble->starts_with("not permitted"));
    closed += trouble ? 0 : 1;
    out.append(
        fmt::format("{}  {}\n", trouble ? "not closed: " + *trouble : "closed", line_of(snapshot, *row)));
  }
  ExitStatus status = closed == rows.size() ? ExitStatus::found : ExitStatus::partial;
  if (closed == 0) status = forbidden ? ExitStatus::not_permitted : ExitStatus::failed;
  return after_writing(out.finish(), status);
}

ExitStatus close_asked_rows(const Snapshot& snapshot, const filter::Expression& filter,
                            const Arguments& arguments) {
  const Rows rows = rows_to_close(snapshot, filter, arguments);
  if (rows.empty()) return fail("nothing to close", ExitStatus::nothing);
  if (arguments.has(Option::dry_run)) return print_rows(snapshot, rows);
  if (arguments.has(Option::yes)) return close_rows(snapshot, rows);
  if (isatty(STDIN_FILENO) == 0)
    return fail("there is nobody to ask: --yes closes without, --dry-run only shows", ExitStatus::usage);
  const ExitStatus shown = print_rows(snapshot, rows);
  if (shown != ExitStatus::found) return shown;
  if (!confirmed(rows.size())) return fail("nothing was closed", ExitStatus::nothing);
  return close_rows(snapshot, rows);
}

}  // namespace

ExitStatus run_close(const Arguments& arguments) {
  if (arguments.operands.empty())
    return fail(usage_error("a filter is expected, as in port:443", Command::close).text, ExitStatus::usage);
  const auto filter = filter_of(arguments.operands);
  if (!filter) return fail(filter.error().text, ExitStatus::usage);
  tcptable::Query query;
  std::ignore = filter::narrow(*filter, query);
  query.cookies = query.owners = true;
  query.udp = false;
  const auto snapshot = snapshot_with_progress(query);
  return snapshot ? close_asked_rows(*snapshot, *filter, arguments) : fail(snapshot.error());
}

}  // namespace tool
