// SPDX-License-Identifier: MIT
// The text of /proc/PID/stat, whose name field its process chooses, and of descriptor links.
#include "owner/process_stat.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "owner/process_text.hpp"

namespace tcptable::test {
namespace {

using owner::parse_process_stat;
using owner::parse_socket_link;

const std::string kBehindName =
    " S 1 4242 4242 0 -1 4194304 100 0 0 0 5 6 0 0 20 0 1 0 987654321 1000000 300 18446744073709551615\n";

TEST(ProcessStat, PidNameStartTimeAndParentAreRead) {
  const auto stat = parse_process_stat("4242 (nginx)" + kBehindName);
  ASSERT_TRUE(stat);
  EXPECT_EQ(stat->process.pid, 4242);
  EXPECT_EQ(stat->process.name, "nginx");
  EXPECT_EQ(stat->process.start_time, 987654321U);
  EXPECT_EQ(stat->parent, 1);
}

TEST(ProcessStat, ANameMayHoldWhatLooksLikeTheFieldsBehindIt) {
  for (const std::string name : {") 1 2", "a) S 1 (b", "two words", "new\nline", "((", "))", "", ")", "("}) {
    SCOPED_TRACE(name);
    const auto stat = parse_process_stat("1 (" + name + ")" + kBehindName);
    ASSERT_TRUE(stat);
    EXPECT_EQ(stat->process.name, name);
    EXPECT_EQ(stat->process.start_time, 987654321U);
    EXPECT_EQ(stat->parent, 1);
  }
}

TEST(ProcessStat, ATextCutBeforeTheStartTimeIsNone) {
  const std::string text = "4242 (nginx)" + kBehindName;
  for (std::size_t size = 0; size <= text.find("987654321"); ++size) {
    SCOPED_TRACE(text.substr(0, size));
    EXPECT_FALSE(parse_process_stat(text.substr(0, size)));
  }
}

TEST(ProcessStat, APidThatIsNoNumberIsNone) {
  for (const char* pid : {"", "x", "12x", "99999999999"}) {
    EXPECT_FALSE(parse_process_stat(std::string(pid) + " (a)" + kBehindName)) << pid;
  }
}

TEST(ProcessStat, AFieldThatIsNoNumberIsNone) {
  const std::string before = "2 (a) b) S ";
  const std::string behind = " 0 0 0 0 5 6 0 0 20 0 1 0 987654321 1000000";
  EXPECT_TRUE(parse_process_stat(before + "7 0 0 0 -1 4194304" + behind));
  EXPECT_FALSE(parse_process_stat(before + "x 0 0 0 -1 4194304" + behind));
  EXPECT_FALSE(parse_process_stat(before + "7 0 0 0 -1 x" + behind));
}

TEST(ProcessStat, KernelThreadsAndExitedProcessesAreToldApart) {
  const auto kind = [](const std::string& state, const std::string& flags) {
    const auto stat = parse_process_stat("2 (a) b) " + state + " 0 0 0 0 -1 " + flags +
                                         " 0 0 0 0 5 6 0 0 20 0 1 0 987654321 1000000");
    return stat ? std::optional(stat->kind) : std::nullopt;
  };
  EXPECT_EQ(kind("S", "4194304"), owner::ProcessKind::program);
  EXPECT_EQ(kind("S", "2129984"), owner::ProcessKind::kernel_thread);  // kthreadd's
  EXPECT_EQ(kind("Z", "4227084"), owner::ProcessKind::exited);
  EXPECT_EQ(kind("X", "4227084"), owner::ProcessKind::exited);
}

TEST(DescriptorInfo, TellsWhetherItIsAPathAlone) {
  EXPECT_TRUE(owner::tells_of_a_path_alone("pos:\t0\nflags:\t012000000\nmnt_id:\t10\nino:\t77\n"));
  EXPECT_FALSE(owner::tells_of_a_path_alone("pos:\t0\nflags:\t02000002\nmnt_id:\t10\nino:\t77\n"));
  EXPECT_FALSE(owner::tells_of_a_path_alone("pos:\t0\nflags:\t"));
  EXPECT_FALSE(owner::tells_of_a_path_alone(""));
}

TEST(SocketLink, HasItsInode) {
  EXPECT_EQ(parse_socket_link("socket:[4711]"), 4711U);
  EXPECT_EQ(parse_socket_link("socket:[4294967295]"), 4294967295U);
}

TEST(SocketLink, EveryOtherLinkHasNone) {
  for (const char* target : {"", "socket:[", "socket:[]", "socket:[12", "socket:[x]", "socket:[4294967296]",
                             "socket:[-1]", "pipe:[4711]", "/tmp/socket:[1]", "anon_inode:[eventfd]"}) {
    EXPECT_EQ(parse_socket_link(target), std::nullopt) << target;
  }
}

}  // namespace
}  // namespace tcptable::test
