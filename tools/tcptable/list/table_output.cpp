// SPDX-License-Identifier: MIT
// Every row twice, first for the widths; and the colors of lines.
#include "tcptable/list/table_output.hpp"

#include <string_view>

#include "tcptable/output/grid.hpp"

namespace tool {
namespace {

constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kBold = "\x1b[1m";

std::string_view color_of(const tcptable::SocketRow& row) {
  if (row.state == tcptable::State::listen) return kGreen;
  return row.state == tcptable::State::time_wait ? kDim : std::string_view();
}

template <typename Cells>
void heading_to(Cells& cells, const Columns& columns) {
  for (const Column* column : columns) cells.add(escape(column->heading));
}

// Ordered rows lie anywhere in memory: the processor fetches the next ones while it works on this one.
template <typename Work>
void for_each_row(Rows rows, const Work& work) {
  constexpr std::size_t kAhead = 8;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + kAhead < rows.size()) __builtin_prefetch(rows[i + kAhead]);
    work(*rows[i]);
  }
}

}  // namespace

void print_table(Rows rows, const Options& options, RowReader& reader, ChunkedOutput& out) {
  const Columns& columns = options.columns;
  ColumnWidths widths(columns.size());
  if (options.header) heading_to(widths, columns);
  for_each_row(rows, [&](const tcptable::SocketRow& row) {
    reader.look_at(row);
    for (const Column* column : columns) widths.add(reader.width(*column));
  });
  GridPrinter printer(widths, out);
  if (options.color) printer.color_line(kBold);
  if (options.header) heading_to(printer, columns);
  for_each_row(rows, [&](const tcptable::SocketRow& row) {
    if (options.color) printer.color_line(color_of(row));
    reader.look_at(row);
    for (const Column* column : columns) printer.add(reader.text(*column));
  });
}

}  // namespace tool
