// SPDX-License-Identifier: MIT
#include "tcptable/table_output.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace tool {
namespace {

constexpr std::size_t kColumns = 8;
constexpr std::array<std::string_view, kColumns> kHeadings{
    "STATE", "LOCAL-ADDRESS", "PORT", "REMOTE-ADDRESS", "PORT", "PID", "PROCESS", "USER"};
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kReset = "\x1b[0m";

using Line = std::array<DisplayText, kColumns>;

std::string state_text(const tcptable::SocketRow& row, bool both_protocols) {
  std::string text(row.protocol == tcptable::Protocol::udp && row.state == tcptable::State::close
                       ? "unconnected"
                       : to_string(row.state));
  if (both_protocols) text = std::string(to_string(row.protocol)) + " " + text;
  return text;
}

std::string_view color_of(const tcptable::SocketRow& row) {
  if (row.state == tcptable::State::listen) return kGreen;
  return row.state == tcptable::State::time_wait ? kDim : std::string_view();
}

void add_line(std::string& out, const Line& line, const std::array<std::size_t, kColumns>& widths,
              std::string_view color) {
  out += color;
  for (std::size_t i = 0; i < kColumns; ++i) {
    out += line[i].text();
    if (i + 1 < kColumns) out.append(widths[i] - line[i].width() + 1, ' ');
  }
  if (!color.empty()) out += kReset;
  out += '\n';
}

Line heading_line() {
  Line line;
  for (std::size_t i = 0; i < kColumns; ++i) line[i] = escape(kHeadings[i]);
  return line;
}

Line line_of(const tcptable::Snapshot& snapshot, const tcptable::SocketRow& row, bool both_protocols,
             Names& names) {
  const tcptable::Process* owner = snapshot.owner(row);
  return {escape(state_text(row, both_protocols)),
          names.host(row.local),
          names.port(row.local.port, row.protocol),
          names.host(row.remote),
          names.port(row.remote.port, row.protocol),
          escape(owner != nullptr ? std::to_string(owner->pid) : "-"),
          escape(owner != nullptr ? std::string_view(owner->name) : "-"),
          names.user(row.uid)};
}

}  // namespace

std::string table_text(const tcptable::Snapshot& snapshot, std::span<const tcptable::SocketRow* const> rows,
                       const Options& options, Names& names) {
  const bool both_protocols = options.query.tcp && options.query.udp;
  const Line heading = heading_line();
  std::vector<Line> lines;
  lines.reserve(rows.size());
  for (const tcptable::SocketRow* row : rows) lines.push_back(line_of(snapshot, *row, both_protocols, names));

  std::array<std::size_t, kColumns> widths{};
  const auto widen = [&](const Line& line) {
    for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], line[i].width());
  };
  if (options.header) widen(heading);
  std::for_each(lines.begin(), lines.end(), widen);

  std::string out;
  if (options.header) add_line(out, heading, widths, options.color ? kBold : std::string_view());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    add_line(out, lines[i], widths, options.color ? color_of(*rows[i]) : std::string_view());
  }
  return out;
}

}  // namespace tool
