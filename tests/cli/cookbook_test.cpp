// SPDX-License-Identifier: MIT
// Every command of docs/cookbook.md, run by a shell as a reader would.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "cli/tool_in_namespace.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace {

using namespace tcptable::test;

std::vector<std::string> commands() {
  std::vector<std::string> found;
  std::ifstream book(TCPTABLE_COOKBOOK);
  for (std::string line; std::getline(book, line);) {
    if (line.starts_with("    tcptable")) found.push_back(line.substr(4));
  }
  return found;
}

class Cookbook : public ToolInNamespace {};

TEST_F(Cookbook, HasOnlyCommandsThatWork) {
  const TemporaryDirectory directory;
  const std::string path = TCPTABLE_TOOL;
  const std::string setup =
      "cd " + directory.path().string() + " && PATH=" + path.substr(0, path.rfind('/')) + ":$PATH && ";
  const Fd listener = listen_on(loopback(tcptable::Family::ipv4, 8080));
  const Connection connection = make_connection(listener);
  ASSERT_GE(commands().size(), 10U);
  for (const std::string& command : commands()) {
    const int status = std::system((setup + "( " + command + " ) >>log 2>&1 </dev/null").c_str());
    ASSERT_TRUE(WIFEXITED(status)) << command;
    // 1: nothing matched, or a difference.
    EXPECT_LE(WEXITSTATUS(status), 1) << command;
  }
}

}  // namespace
