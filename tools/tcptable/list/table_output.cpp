// SPDX-License-Identifier: MIT
// The table's columns and colors.
#include "tcptable/list/table_output.hpp"

#include <array>
#include <string_view>

#include "tcptable/output/grid.hpp"

namespace tool {
namespace {

constexpr std::array<std::string_view, 8> kHeadings{"STATE", "LOCAL-ADDRESS", "PORT",    "REMOTE-ADDRESS",
                                                    "PORT",  "PID",           "PROCESS", "USER"};
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kBold = "\x1b[1m";

std::string_view color_of(const tcptable::SocketRow& row) {
  if (row.state == tcptable::State::listen) return kGreen;
  return row.state == tcptable::State::time_wait ? kDim : std::string_view();
}

class Table {
 public:
  Table(const tcptable::Snapshot& snapshot, const Options& options, Names& names)
      : snapshot_(snapshot),
        options_(options),
        names_(names),
        both_protocols_(options.query.tcp && options.query.udp) {}

  std::size_t columns() const { return kHeadings.size() + (both_protocols_ ? 1 : 0); }

  template <typename Cells>
  void heading_to(Cells& cells) const {
    if (both_protocols_) cells.add(escape("PROTO"));
    for (const std::string_view heading : kHeadings) cells.add(escape(heading));
  }

  template <typename Cells>
  void line_to(Cells& cells, const tcptable::SocketRow& row) const {
    const Names::Owner& owner = names_.owner(snapshot_.owner(row));
    const bool has_peer = row.remote.port != 0 || !is_unspecified(row.remote);
    if (both_protocols_) cells.add(escape(to_string(row.protocol)));
    cells.add(escape(state_word(row)));
    cells.add(names_.host(row.local));
    cells.add(names_.port(row.local.port, row.protocol));
    cells.add(has_peer ? names_.host(row.remote) : escape("*"));
    cells.add(names_.port(row.remote.port, row.protocol));
    cells.add(owner.pid);
    cells.add(owner.name);
    cells.add(names_.user(row.uid));
  }

  ColumnWidths measure(Rows rows) const {
    ColumnWidths widths(columns());
    if (options_.header) heading_to(widths);
    for (const tcptable::SocketRow* row : rows) line_to(widths, *row);
    return widths;
  }

  void print(Rows rows, GridPrinter printer) const {
    if (options_.color) printer.color_line(kBold);
    if (options_.header) heading_to(printer);
    for (const tcptable::SocketRow* row : rows) {
      if (options_.color) printer.color_line(color_of(*row));
      line_to(printer, *row);
    }
  }

 private:
  const tcptable::Snapshot& snapshot_;
  const Options& options_;
  Names& names_;
  bool both_protocols_;
};

}  // namespace

void print_table(const tcptable::Snapshot& snapshot, Rows rows, const Options& options, Names& names,
                 ChunkedOutput& out) {
  const Table table(snapshot, options, names);
  const ColumnWidths widths = table.measure(rows);
  table.print(rows, GridPrinter(widths, out));
}

}  // namespace tool
