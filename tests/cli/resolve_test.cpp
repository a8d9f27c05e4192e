// SPDX-License-Identifier: MIT
// --resolve with resolvers that the tests choose: /etc/hosts, and a name server that never answers.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "cli/tool_in_namespace.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace {

using namespace tcptable::test;
using tcptable::Family;

class Resolve : public ToolInNamespace {
 protected:
  // What the tool's own mount namespace shall have in place of files of /etc.
  void replace(const std::string& file, const std::string& text) {
    std::ofstream(directory_.path() / file) << text;
    replaced_.push_back(file);
  }

  ToolRun run(const std::vector<std::string>& arguments) {
    return run_tool(arguments, [this] {
      if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return false;
      for (const std::string& file : replaced_) {
        const auto source = directory_.path() / file;
        const auto target = std::filesystem::path("/etc") / file;
        if (::mount(source.c_str(), target.c_str(), nullptr, MS_BIND, nullptr) != 0) return false;
      }
      return true;
    });
  }

 private:
  TemporaryDirectory directory_;
  std::vector<std::string> replaced_;
};

TEST_F(Resolve, ShowsHostsByTheirNames) {
  replace("hosts", "127.0.0.7 seven.test\n");
  const Fd socket = listen_on(endpoint("127.0.0.7", 4000));
  const ToolRun result = run({"--resolve"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_NE(result.out.find(" seven.test "), std::string::npos) << result.out;
  EXPECT_EQ(result.err, "");
}

TEST_F(Resolve, ShowsAddressesWhereTheNameServerDoesNotAnswer) {
  replace("hosts", "");
  replace("nsswitch.conf", "hosts: files dns\n");
  replace("resolv.conf", "nameserver 127.0.0.1\n");
  Fd silent = open_socket(Family::ipv4, SOCK_DGRAM);
  bind_to(silent.get(), endpoint("127.0.0.1", 53));
  std::vector<Fd> sockets;
  for (int i = 2; i < 42; ++i) sockets.push_back(listen_on(endpoint("127.0.0." + std::to_string(i), 4000)));
  const ToolRun result = run({"--resolve"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_NE(result.out.find(" 127.0.0.41 "), std::string::npos) << result.out;
  EXPECT_EQ(result.err, "40 names were not answered in time: addresses stand for them\n");
}

}  // namespace
