// SPDX-License-Identifier: MIT
// Two files, and a line for each socket that they tell differently.
#include "tcptable/diff/diff.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>

#include "tcptable/diff/difference.hpp"
#include "tcptable/output/display.hpp"
#include "tcptable/output/grid.hpp"

namespace tool {
namespace {

using diff::Difference;
using diff::RecordedEnd;
using diff::RecordedSocket;

constexpr std::size_t kColumns = 6;

DisplayText end_text(const RecordedEnd& end) {
  if (end.address.empty()) return escape("*");
  const bool is_ipv6 = end.address.find(':') != std::string::npos;
  return escape(is_ipv6 ? fmt::format("[{}]:{}", end.address, end.port)
                        : fmt::format("{}:{}", end.address, end.port));
}

std::string owner_text(const RecordedSocket& socket) {
  return socket.pid == 0 ? "-" : fmt::format("{} ({})", socket.process, socket.pid);
}

// "listen", or "established -> close_wait"
template <typename Text>
DisplayText change(const Difference& difference, Text&& text) {
  const auto before = difference.before != nullptr ? text(*difference.before) : std::string();
  const auto after = difference.after != nullptr ? text(*difference.after) : std::string();
  if (before.empty() || after.empty() || before == after) return escape(after.empty() ? before : after);
  return escape(before + " -> " + after);
}

std::string_view sign(const Difference& difference) {
  if (difference.before == nullptr) return "+";
  return difference.after == nullptr ? "-" : "~";
}

template <typename Cells>
void line_to(Cells& cells, const Difference& difference) {
  const RecordedSocket& socket = *(difference.after != nullptr ? difference.after : difference.before);
  cells.add(escape(sign(difference)));
  cells.add(escape(socket.protocol));
  cells.add(change(difference, [](const RecordedSocket& s) { return s.state; }));
  cells.add(end_text(socket.local));
  cells.add(end_text(socket.remote));
  cells.add(change(difference, owner_text));
}

ExitStatus show(const std::vector<Difference>& found) {
  ColumnWidths widths(kColumns);
  for (const Difference& difference : found) line_to(widths, difference);
  ChunkedOutput out = standard_output();
  GridPrinter printer(widths, out);
  for (const Difference& difference : found) line_to(printer, difference);
  return after_writing(out.finish(), found.empty() ? ExitStatus::found : ExitStatus::nothing);
}

std::optional<std::vector<RecordedSocket>> read(const std::string& path) {
  const auto complain = [&](std::string_view why) {
    fail(fmt::format("{}: {}", escape(path).text(), why), ExitStatus::usage);
    return std::nullopt;
  };
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) return complain(errno != 0 ? std::strerror(errno) : "it is empty");
  auto sockets = diff::parse_document(text.str());
  if (!sockets) return complain(sockets.error());
  return std::move(*sockets);
}

}  // namespace

ExitStatus run_diff(const Arguments& arguments) {
  if (arguments.operands.size() != 2)
    return fail(usage_error("two files that --json has written are expected", Command::diff).text,
                ExitStatus::usage);
  const auto before = read(arguments.operands[0]);
  if (!before) return ExitStatus::usage;
  const auto after = read(arguments.operands[1]);
  if (!after) return ExitStatus::usage;
  return show(diff::differences(*before, *after));
}

}  // namespace tool
