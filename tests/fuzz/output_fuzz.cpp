// SPDX-License-Identifier: MIT
// Any bytes as the names that others chose (processes, control groups, namespaces): what is printed stays
// well-formed, and nothing in it acts on a terminal.
#include <nlohmann/json.hpp>

#include <clocale>
#include <string>
#include <vector>

#include "cli/shown.hpp"
#include "fuzz/byte_source.hpp"
#include "support/sockets.hpp"
#include "tcptable/output/display.hpp"

namespace {

using tcptable::test::ByteSource;
using tcptable::test::MadeSnapshot;
using tcptable::test::require;

constexpr std::size_t kMostSockets = 8;

MadeSnapshot snapshot_with(ByteSource source) {
  MadeSnapshot made;
  for (std::uint16_t port = 1; !source.empty() && port <= kMostSockets; ++port) {
    const std::string name(source.take_until('\0'));
    const std::string other(source.take_until('\0'));
    made.add(tcptable::test::listener("127.0.0.1", port), {name, other});
  }
  return made;
}

// A terminal's lines: printable characters of its charset, and line ends.
void require_harmless(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n') {
      ++at;
      continue;
    }
    const auto c = tool::next_code_point(text, at);
    require(c && tool::cell_width(*c));
  }
}

// The number of records of RFC 4180, each with as many fields as the first.
std::size_t csv_records(std::string_view text) {
  std::size_t records = 0, fields = 1, expected = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (quoted) continue;
    if (text[at] == ',') ++fields;
    if (text[at] != '\n') continue;
    if (records++ == 0) expected = fields;
    require(fields == expected);
    fields = 1;
  }
  require(!quoted);
  return records;
}

void check(const MadeSnapshot& made, const tool::Options& options) {
  const tcptable::Snapshot snapshot = made.snapshot();
  const std::size_t rows = snapshot.rows().size();
  require_harmless(tcptable::test::table_of(made, options));
  require(csv_records(tcptable::test::csv_of(made, options)) == rows + 1);
  const auto document = nlohmann::json::parse(tcptable::test::document_of(made, options));
  require(document.at("sockets").size() == rows);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const char* const locale = std::setlocale(LC_CTYPE, "C.UTF-8");
  require(locale != nullptr);
  const MadeSnapshot made = snapshot_with(ByteSource(data, size));
  tool::Options options = tool::default_options();
  check(made, options);
  options.group_by = {tool::find_column("process")};
  require_harmless(tcptable::test::groups_of(made, options));
  return 0;
}
