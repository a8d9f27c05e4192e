// SPDX-License-Identifier: MIT
// Options, one snapshot, output, exit status.
#include "tcptable/list/list.hpp"

#include <unistd.h>
#include <tcptable/tcptable.hpp>

#include "tcptable/list/options.hpp"
#include "tcptable/list/order.hpp"
#include "tcptable/list/summary.hpp"
#include "tcptable/list/table_output.hpp"
#include "tcptable/output/json_output.hpp"

namespace tool {
namespace {

ExitStatus show(const tcptable::Snapshot& snapshot, const Options& options) {
  Names names(options.resolve);
  const auto rows = ordered_rows(snapshot, options, names);
  ExitStatus status = rows.empty() ? ExitStatus::nothing : ExitStatus::found;
  if (options.strict && is_partial(rows, snapshot.completeness())) status = ExitStatus::partial;
  ChunkedOutput out = standard_output();
  if (options.json) {
    print_json(snapshot, rows, out);
  } else {
    print_table(snapshot, rows, options, names, out);
  }
  status = after_writing(out.finish(), status);
  if (status != ExitStatus::failed) {
    write_all(STDERR_FILENO, closing_line(rows, snapshot.completeness(), geteuid() == 0));
  }
  return status;
}

}  // namespace

ExitStatus run_list(const Arguments& arguments) {
  const auto parsed = list_options(arguments);
  if (const auto* wrong = std::get_if<UsageError>(&parsed)) return fail(wrong->text, ExitStatus::usage);
  const auto& options = std::get<Options>(parsed);
  const auto snapshot = tcptable::take_snapshot(options.query);
  return snapshot ? show(*snapshot, options) : fail(snapshot.error());
}

}  // namespace tool
