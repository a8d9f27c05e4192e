// SPDX-License-Identifier: MIT
// Every cell twice, first for the widths; and the colors of lines.
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

template <typename Cells>
void line_to(Cells& cells, const tcptable::SocketRow& row, const Columns& columns, RowReader& reader) {
  reader.look_at(row);
  for (const Column* column : columns) cells.add(reader.text(*column));
}

}  // namespace

void print_table(Rows rows, const Options& options, RowReader& reader, ChunkedOutput& out) {
  const Columns& columns = options.columns;
  ColumnWidths widths(columns.size());
  if (options.header) heading_to(widths, columns);
  for (const tcptable::SocketRow* row : rows) line_to(widths, *row, columns, reader);
  GridPrinter printer(widths, out);
  if (options.color) printer.color_line(kBold);
  if (options.header) heading_to(printer, columns);
  for (const tcptable::SocketRow* row : rows) {
    if (options.color) printer.color_line(color_of(*row));
    line_to(printer, *row, columns, reader);
  }
}

}  // namespace tool
