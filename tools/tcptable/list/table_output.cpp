// SPDX-License-Identifier: MIT
// Every row twice, first for the widths; and the colors of lines. A long table's lines are made by several
// threads, a few thousand at a time.
#include "tcptable/list/table_output.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tcptable/output/grid.hpp"
#include "tcptable/output/parallel.hpp"

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
void for_each_row(Rows rows, const tcptable::Snapshot& snapshot, const Work& work) {
  constexpr std::size_t kRowAhead = 16, kOwnerAhead = 8;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + kRowAhead < rows.size()) {
      const tcptable::SocketRow* const next = rows[i + kRowAhead];
      __builtin_prefetch(next);
      __builtin_prefetch(&next->holder_count);  // a row lies in two cache lines
      snapshot.prefetch(*rows[i + kOwnerAhead]);
    }
    work(*rows[i]);
  }
}

// In their own order, which is faster.
template <typename Work>
void for_each_row(std::span<const tcptable::SocketRow> rows, const tcptable::Snapshot&, const Work& work) {
  for (const tcptable::SocketRow& row : rows) work(row);
}

template <typename AnyRows>
AnyRows share_of(AnyRows rows, unsigned number, unsigned count) {
  const std::size_t begin = rows.size() * number / count;
  return rows.subspan(begin, rows.size() * (number + 1) / count - begin);
}

constexpr std::size_t kRowsAtATime = 2048;  // that a thread makes into lines and then writes

template <typename AnyRows>
void add_widths(AnyRows rows, const Columns& columns, RowReader& reader, ColumnWidths& widths) {
  for_each_row(rows, reader.snapshot(), [&](const tcptable::SocketRow& row) {
    reader.look_at(row);
    for (const Column* column : columns) widths.add(reader.width(*column));
  });
}

void print_lines(Rows rows, const Options& options, RowReader& reader, GridPrinter& printer) {
  for_each_row(rows, reader.snapshot(), [&](const tcptable::SocketRow& row) {
    if (options.color) printer.color_line(color_of(row));
    reader.look_at(row);
    for (const Column* column : options.columns) printer.add(reader.text(*column));
  });
}

// What one thread has.
struct Helper {
  Helper(const tcptable::Snapshot& snapshot, std::size_t columns)
      : own(snapshot), widths(columns), lines([this](std::string_view chunk) {
          text += chunk;
          return 0;
        }) {}

  ThreadsReader own;
  ColumnWidths widths;
  std::string text;
  ChunkedOutput lines;
};

class Helpers {
 public:
  Helpers(unsigned count, const tcptable::Snapshot& snapshot, const Options& options) : options_(options) {
    for (unsigned i = 0; i < count; ++i) helpers_.emplace_back(snapshot, options.columns.size());
  }

  template <typename AnyRows>
  void measure(AnyRows rows, ColumnWidths& widths) {
    at_once(count(), [&](unsigned i) {
      add_widths(share_of(rows, i, count()), options_.columns, helpers_[i].own.reader, helpers_[i].widths);
    });
    for (const Helper& helper : helpers_) {
      for (const std::size_t width : helper.widths.widths()) widths.add(width);
    }
  }
  void print(Rows rows, const ColumnWidths& widths, ChunkedOutput& out) {
    const std::size_t pieces = (rows.size() + kRowsAtATime - 1) / kRowsAtATime;
    const auto make = [&](unsigned i, std::size_t piece) {
      const Rows rest = rows.subspan(piece * kRowsAtATime);
      GridPrinter printer(widths, helpers_[i].lines);
      print_lines(rest.first(std::min(rest.size(), kRowsAtATime)), options_, helpers_[i].own.reader, printer);
      helpers_[i].lines.finish();
    };
    const auto put = [&](unsigned i) {
      out.append(helpers_[i].text);
      helpers_[i].text.clear();
    };
    in_turn(count(), pieces, make, put);
  }

 private:
  unsigned count() const { return static_cast<unsigned>(helpers_.size()); }

  const Options& options_;
  std::deque<Helper> helpers_;
};

}  // namespace

void print_table(Rows rows, const Options& options, RowReader& reader, ChunkedOutput& out) {
  const Columns& columns = options.columns;
  // Host names come from one memory, which one thread may use.
  const unsigned threads = options.resolve ? 1 : threads_for(rows.size());
  std::optional<Helpers> helpers;
  if (threads > 1) helpers.emplace(threads, reader.snapshot(), options);

  ColumnWidths widths(columns.size());
  if (options.header) heading_to(widths, columns);
  const auto all = reader.snapshot().rows();
  if (helpers && rows.size() == all.size()) {
    helpers->measure(all, widths);
  } else if (helpers) {
    helpers->measure(rows, widths);
  } else {
    add_widths(rows, columns, reader, widths);
  }
  GridPrinter printer(widths, out);
  if (options.color) printer.color_line(kBold);
  if (options.header) heading_to(printer, columns);
  if (helpers) {
    helpers->print(rows, widths, out);
  } else {
    print_lines(rows, options, reader, printer);
  }
}

}  // namespace tool
