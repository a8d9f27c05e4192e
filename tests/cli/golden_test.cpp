// SPDX-License-Identifier: MIT
// Whole outputs against the files of golden/. TCPTABLE_UPDATE_GOLDEN=1 writes the files instead: read the
// difference before you commit it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "cli/collected.hpp"
#include "cli/made_snapshot.hpp"
#include "cli/utf8_locale.hpp"
#include "tcptable/list/order.hpp"
#include "tcptable/list/table_output.hpp"
#include "tcptable/output/json_output.hpp"

namespace {

using namespace tcptable::test;

void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(TCPTABLE_GOLDEN) + "/" + name;
  if (std::getenv("TCPTABLE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << text;
    GTEST_SKIP() << "SKIP: wrote " << path;
  }
  std::ostringstream golden;
  golden << std::ifstream(path).rdbuf();
  EXPECT_EQ(text, golden.str()) << path;
}

std::string table_of(const MadeSnapshot& made, const tool::Options& options) {
  const auto snapshot = made.snapshot();
  tool::Names names(options.resolve);
  const auto rows = tool::ordered_rows(snapshot, options, names);
  return collected([&](auto& out) { tool::print_table(snapshot, rows, options, names, out); });
}

class Golden : public Utf8Terminal {};

TEST_F(Golden, TableIsAlignedAroundWideAndHostileNames) {
  expect_golden("table.txt", table_of(varied_snapshot(), {}));
}

TEST_F(Golden, TableHasColorOnRequest) {
  tool::Options options;
  options.color = true;
  expect_golden("color.txt", table_of(varied_snapshot(), options));
}

TEST_F(Golden, TableOfBothProtocolsNamesThem) {
  MadeSnapshot made;
  made.add(listener("::1", 53), {"dns"});
  made.add(datagram_socket("::1", 53), {"dns"});
  tool::Options options;
  options.query.udp = true;
  expect_golden("both_protocols.txt", table_of(made, options));
}

TEST_F(Golden, TableWithoutHeadingIsNoWiderThanItsRows) {
  MadeSnapshot made;
  made.add(listener("::", 1), {"a"});
  tool::Options options;
  options.header = false;
  expect_golden("no_heading.txt", table_of(made, options));
}

TEST_F(Golden, Document) {
  const auto snapshot = varied_snapshot().snapshot();
  expect_golden("document.json",
                collected([&](auto& out) { tool::print_json(snapshot, all_rows(snapshot), out); }));
}

TEST_F(Golden, NothingShownIsAHeadingAlone) {
  EXPECT_EQ(table_of(MadeSnapshot(), {}),
            "STATE  LOCAL-ADDRESS  PORT  REMOTE-ADDRESS  PORT  PID  PROCESS  USER\n");
}

}  // namespace
