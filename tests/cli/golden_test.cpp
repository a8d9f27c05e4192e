// SPDX-License-Identifier: MIT
// Whole outputs of the list.
#include <gtest/gtest.h>

#include <string>

#include "cli/golden_file.hpp"
#include "cli/made_snapshot.hpp"
#include "cli/shown.hpp"
#include "cli/utf8_locale.hpp"
#include "support/sockets.hpp"

namespace {

using namespace tcptable::test;

class Golden : public Utf8Terminal {};

TEST_F(Golden, TableIsAlignedAroundWideAndHostileNames) {
  expect_golden("table.txt", table_of(varied_snapshot(), tool::default_options()));
}

TEST_F(Golden, TableHasColorOnRequest) {
  tool::Options options = tool::default_options();
  options.color = true;
  expect_golden("color.txt", table_of(varied_snapshot(), options));
}

TEST_F(Golden, TableOfBothProtocolsNamesThem) {
  MadeSnapshot made;
  made.add(listener("::1", 53), {"dns"});
  made.add(datagram_socket("::1", 53), {"dns"});
  tool::Arguments both;
  both.set(tool::Option::tcp, "");
  both.set(tool::Option::udp, "");
  const auto options = std::get<tool::Options>(tool::list_options(both));
  expect_golden("both_protocols.txt", table_of(made, options));
}

TEST_F(Golden, TableWithoutHeadingIsNoWiderThanItsRows) {
  MadeSnapshot made;
  made.add(listener("::", 1), {"a"});
  tool::Options options = tool::default_options();
  options.header = false;
  expect_golden("no_heading.txt", table_of(made, options));
}

TEST_F(Golden, Document) {
  expect_golden("document.json", document_of(varied_snapshot()));
}

TEST_F(Golden, Csv) {
  tool::Options options = tool::default_options();
  options.columns = *tool::parse_columns("+uid,recvq,cookie", options.columns);
  expect_golden("rows.csv", csv_of(varied_snapshot(), options));
}

TEST_F(Golden, GroupsHaveTheLargestFirst) {
  MadeSnapshot made;
  for (std::uint16_t port = 1; port <= 3; ++port)
    made.add(listener("::", port), {"web"}).receive_queue = port;
  made.add(connection(endpoint("192.0.2.1", 22), endpoint("198.51.100.2", 4000)), {"sshd"}).receive_queue =
      2000;
  made.add_ownerless(listener("::", 4), tcptable::OwnerStatus::kernel);
  tool::Options options;
  options.group_by = *tool::parse_columns("process,state", {});
  options.columns = *tool::parse_columns("recvq,pid", {});
  expect_golden("groups.txt", groups_of(made, options));
  options.format = tool::Format::csv;
  expect_golden("groups.csv", groups_of(made, options));
  options.format = tool::Format::json;
  expect_golden("groups.json", groups_of(made, options));
}

TEST_F(Golden, NothingShownIsAHeadingAlone) {
  EXPECT_EQ(table_of(MadeSnapshot(), tool::default_options()),
            "STATE  LOCAL-ADDRESS  PORT  REMOTE-ADDRESS  PORT  PROCESS  PID  USER  WORKLOAD\n");
}

}  // namespace
