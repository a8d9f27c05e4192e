// SPDX-License-Identifier: MIT
// A snapshot made by hand as the list shows it.
#pragma once

#include <string>

#include "cli/collected.hpp"
#include "cli/made_snapshot.hpp"
#include "tcptable/list/csv_output.hpp"
#include "tcptable/list/group_output.hpp"
#include "tcptable/list/json_output.hpp"
#include "tcptable/list/options.hpp"
#include "tcptable/list/order.hpp"
#include "tcptable/list/table_output.hpp"

namespace tcptable::test {

/// `print` gets the snapshot, its rows, a reader and the output.
template <typename Print>
std::string shown(const MadeSnapshot& made, const tool::Options& options, Print&& print) {
  const Snapshot snapshot = made.snapshot();
  tool::Names names(options.resolve);
  tool::RowReader reader(snapshot, names);
  const auto rows = tool::ordered_rows(snapshot, options, reader);
  return collected([&](auto& out) { print(snapshot, rows, reader, out); });
}

inline std::string table_of(const MadeSnapshot& made, const tool::Options& options) {
  return shown(made, options, [&](const auto&, const auto& rows, auto& reader, auto& out) {
    tool::print_table(rows, options, reader, out);
  });
}

inline std::string csv_of(const MadeSnapshot& made, const tool::Options& options) {
  return shown(made, options, [&](const auto&, const auto& rows, auto& reader, auto& out) {
    tool::print_csv(rows, options, reader, out);
  });
}

inline std::string groups_of(const MadeSnapshot& made, const tool::Options& options) {
  return shown(made, options, [&](const auto& snapshot, const auto& rows, auto& reader, auto& out) {
    tool::print_groups(snapshot, rows, options, reader, out);
  });
}

/// Its rows in their own order.
inline std::string document_of(const MadeSnapshot& made, const tool::Options& options = {}) {
  return shown(made, options, [&](const auto& snapshot, const auto&, auto& reader, auto& out) {
    tool::print_json(snapshot, all_rows(snapshot), options, reader, out);
  });
}

}  // namespace tcptable::test
