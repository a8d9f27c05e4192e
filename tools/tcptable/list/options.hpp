// SPDX-License-Identifier: MIT
// What the list shall show, and how.
#pragma once

#include <tcptable/query.hpp>

#include <variant>

#include "tcptable/columns/column.hpp"
#include "tcptable/command_line/arguments.hpp"
#include "tcptable/filter/expression.hpp"

namespace tool {

enum class Format { table, json, ndjson, csv };

struct Options {
  tcptable::Query query;
  filter::Expression filter;
  bool listeners = false;
  bool resolve = false;
  bool strict = false;
  Format format = Format::table;
  bool header = true;
  bool color = false;
  Columns columns;
  /// Of JSON, which has a field for every usual one: show the columns, too.
  bool columns_chosen = false;
  Columns group_by;
  /// nullptr: the usual order, listeners first, then by local port.
  const Column* sort = nullptr;
  bool descending = false;
};

/// The options of a list without a word on the command line.
Options default_options();

std::variant<Options, UsageError> list_options(const Arguments& arguments);

}  // namespace tool
