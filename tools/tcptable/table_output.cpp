// SPDX-License-Identifier: MIT
// The table's columns and colors.
#include "tcptable/table_output.hpp"

#include <array>
#include <string_view>

#include "tcptable/grid.hpp"

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

class TableWriter {
 public:
  TableWriter(const tcptable::Snapshot& snapshot, const Options& options, Names& names)
      : snapshot_(snapshot),
        options_(options),
        names_(names),
        both_protocols_(options.query.tcp && options.query.udp),
        grid_(kHeadings.size() + (both_protocols_ ? 1 : 0)) {}

  void reserve(std::size_t lines) { grid_.reserve(lines); }

  void add_heading() {
    if (both_protocols_) grid_.add(escape("PROTO"));
    for (const std::string_view heading : kHeadings) grid_.add(escape(heading));
    if (options_.color) grid_.color_line(kBold);
  }

  void add(const tcptable::SocketRow& row) {
    const Names::Owner& owner = names_.owner(snapshot_.owner(row));
    const bool has_peer = row.remote.port != 0 || !is_unspecified(row.remote);
    if (both_protocols_) grid_.add(escape(to_string(row.protocol)));
    grid_.add(escape(state_word(row)));
    grid_.add(names_.host(row.local));
    grid_.add(names_.port(row.local.port, row.protocol));
    grid_.add(has_peer ? names_.host(row.remote) : escape("*"));
    grid_.add(names_.port(row.remote.port, row.protocol));
    grid_.add(owner.pid);
    grid_.add(owner.name);
    grid_.add(names_.user(row.uid));
    if (options_.color) grid_.color_line(color_of(row));
  }

  std::string text() const { return grid_.text(); }

 private:
  const tcptable::Snapshot& snapshot_;
  const Options& options_;
  Names& names_;
  bool both_protocols_;
  Grid grid_;
};

}  // namespace

std::string table_text(const tcptable::Snapshot& snapshot, std::span<const tcptable::SocketRow* const> rows,
                       const Options& options, Names& names) {
  TableWriter table(snapshot, options, names);
  table.reserve(rows.size() + 1);
  if (options.header) table.add_heading();
  for (const tcptable::SocketRow* row : rows) table.add(*row);
  return table.text();
}

}  // namespace tool
