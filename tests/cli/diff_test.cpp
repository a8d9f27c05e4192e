// SPDX-License-Identifier: MIT
// Two documents compared, and documents that are none.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "cli/made_snapshot.hpp"
#include "cli/run_tool.hpp"
#include "cli/shown.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"
#include "tcptable/diff/difference.hpp"

namespace {

using namespace tcptable::test;
using tcptable::State;

std::string file_of(const std::string& name, const std::string& text) {
  static const TemporaryDirectory directory;  // tests run side by side
  const std::string path = directory.path() / name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

ToolRun compare(const MadeSnapshot& before, const MadeSnapshot& after) {
  return run_tool({"diff", file_of("before", document_of(before)), file_of("after", document_of(after))});
}

const auto kLocal = endpoint("192.0.2.1", 80);
const auto kRemote = endpoint("198.51.100.7", 5000);

TEST(Diff, OfADocumentWithItselfIsEmpty) {
  const auto run = compare(varied_snapshot(), varied_snapshot());
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(run.out, "");
}

TEST(Diff, TellsWhatCameWhatWentAndWhatChanged) {
  MadeSnapshot before, after;
  before.add(listener("::", 22), {"sshd"}).cookie = 1;
  after.add(listener("::", 22), {"sshd"}).cookie = 1;
  before.add(connection(kLocal, kRemote), {"web"}).cookie = 2;
  after.add(connection(kLocal, kRemote, State::close_wait), {"web"}).cookie = 2;
  before.add(listener("0.0.0.0", 25), {"mail"}).cookie = 3;
  after.add(listener("0.0.0.0", 81), {"web"}).cookie = 4;
  const auto run = compare(before, after);
  EXPECT_EQ(run.status, 1) << run.err;
  EXPECT_EQ(run.out,
            "~  tcp  established -> close_wait  192.0.2.1:80  198.51.100.7:5000  web (101)\n"
            "+  tcp  listen                     0.0.0.0:81    *                  web (101)\n"
            "-  tcp  listen                     0.0.0.0:25    *                  mail (102)\n");
}

TEST(Diff, TellsASocketThatTookAnothersPlaceFromIt) {
  MadeSnapshot before, after;
  before.add(listener("::", 22), {"sshd"}).cookie = 1;
  after.add(listener("::", 22), {"sshd"}).cookie = 2;
  EXPECT_EQ(compare(before, after).out,
            "+  tcp  listen  [::]:22  *  sshd (100)\n-  tcp  listen  [::]:22  *  sshd (100)\n");
}

TEST(Diff, GoesByEndpointsWhereThereAreNoCookies) {
  MadeSnapshot before, after;
  before.add(listener("::", 22), {"sshd"}).cookie = 0;
  after.add(listener("::", 22), {"sshd"}).cookie = 7;
  EXPECT_EQ(compare(before, after).out, "");
}

TEST(Diff, EscapesWhatADocumentNames) {
  MadeSnapshot before, after;
  after.add(listener("::", 22), {"\x1b[31m\n"});
  const auto run = compare(before, after);
  EXPECT_NE(run.out.find("\\x1b[31m\\n"), std::string::npos) << run.out;
}

TEST(Diff, SaysInOneLineWhatIsWrongWithAFile) {
  const std::string good = file_of("good", document_of(varied_snapshot()));
  for (const std::string text :
       {"", "{", "[]", "{}", R"({"schema":2,"sockets":[]})", R"({"schema":1})",
        R"({"schema":1,"sockets":[1]})", R"({"schema":1,"sockets":[{}]})", R"({"schema":1,"sockets":{}})"}) {
    const auto run = run_tool({"diff", good, file_of("bad", text)});
    EXPECT_EQ(run.status, 2) << text;
    EXPECT_EQ(run.out, "") << text;
    EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
  }
  EXPECT_EQ(run_tool({"diff", good, file_of("long", std::string(100, 0))}).status, 2);
  EXPECT_EQ(run_tool({"diff", good, file_of("deep", std::string(1'000'000, '['))}).status, 2);
  EXPECT_EQ(run_tool({"diff", good, "/"}).status, 2);
  EXPECT_EQ(run_tool({"diff", good}).status, 2);
}

}  // namespace
