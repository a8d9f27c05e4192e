// SPDX-License-Identifier: MIT
// Options, one snapshot, output, exit status.
#include "tcptable/list/list.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <tcptable/tcptable.hpp>

#include <string_view>
#include <vector>

#include "tcptable/filter/spelling.hpp"
#include "tcptable/list/csv_output.hpp"
#include "tcptable/list/group_output.hpp"
#include "tcptable/list/json_output.hpp"
#include "tcptable/list/options.hpp"
#include "tcptable/list/order.hpp"
#include "tcptable/list/summary.hpp"
#include "tcptable/list/table_output.hpp"
#include "tcptable/output/progress.hpp"

namespace tool {
namespace {

void print_rows(const tcptable::Snapshot& snapshot, Rows rows, const Options& options, RowReader& reader,
                ChunkedOutput& out) {
  if (!options.group_by.empty()) return print_groups(snapshot, rows, options, reader, out);
  switch (options.format) {
    case Format::table:
      return print_table(rows, options, reader, out);
    case Format::csv:
      return print_csv(rows, options, reader, out);
    case Format::json:
      return print_json(snapshot, rows, options, reader, out);
    case Format::ndjson:
      return print_ndjson(snapshot, rows, options, reader, out);
  }
}

ExitStatus show(const tcptable::Snapshot& snapshot, const Options& options) {
  Names names(options.resolve);
  RowReader reader(snapshot, names);
  const auto rows = ordered_rows(snapshot, options, reader);
  ExitStatus status = rows.empty() ? ExitStatus::nothing : ExitStatus::found;
  if (options.strict && is_partial(rows, snapshot.completeness())) status = ExitStatus::partial;
  const std::size_t nameless = names.look_up_hosts(rows);
  ChunkedOutput out = standard_output();
  print_rows(snapshot, rows, options, reader, out);
  status = after_writing(out.finish(), status);
  if (nameless > 0 && status != ExitStatus::failed)
    write_all(STDERR_FILENO, fmt::format("{} name{} not answered in time: addresses stand for them\n",
                                         nameless, nameless == 1 ? " was" : "s were"));
  // Owners that nobody asked for are not missing.
  if (status != ExitStatus::failed)
    write_all(STDERR_FILENO, closing_line(options.query.owners ? Rows(rows) : Rows(), snapshot.completeness(),
                                          this_viewer()));
  return status;
}

// A word that is no command is a filter, and matches nothing where it was meant for one.
void hint_at_a_command(const std::vector<std::string>& words) {
  std::vector<std::string_view> commands;
  for (const CommandSpec& command : all_commands()) {
    if (!command.name.empty()) commands.push_back(command.name);
  }
  const std::string_view meant = words.empty() ? "" : filter::nearest_word(words.front(), commands);
  if (!meant.empty())
    write_all(STDERR_FILENO, fmt::format("nothing matches; did you mean `tcptable {}`?\n", meant));
}

}  // namespace

ExitStatus run_list(const Arguments& arguments) {
  const std::string* columns = arguments.value(Option::columns);
  if (columns != nullptr && *columns == "help") return print(columns_help());
  const auto parsed = list_options(arguments);
  if (const auto* wrong = std::get_if<UsageError>(&parsed)) return fail(wrong->text, ExitStatus::usage);
  const auto& options = std::get<Options>(parsed);
  const auto snapshot = snapshot_with_progress(options.query);
  if (!snapshot) return fail(snapshot.error());
  const ExitStatus status = show(*snapshot, options);
  if (status == ExitStatus::nothing) hint_at_a_command(arguments.operands);
  return status;
}

}  // namespace tool
