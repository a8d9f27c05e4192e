// SPDX-License-Identifier: MIT
// What the list takes from the command line.
#include "tcptable/list/options.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace {

std::variant<tool::Options, tool::UsageError> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "tcptable");
  const auto parsed = tool::parse_command_line(static_cast<int>(words.size()), words.data());
  if (const auto* wrong = std::get_if<tool::UsageError>(&parsed)) return *wrong;
  return tool::list_options(std::get<tool::Arguments>(parsed));
}

tool::Options options(const std::vector<const char*>& words) {
  const auto parsed = parse(words);
  if (const auto* wrong = std::get_if<tool::UsageError>(&parsed)) ADD_FAILURE() << wrong->text;
  const auto* found = std::get_if<tool::Options>(&parsed);
  return found != nullptr ? *found : tool::Options();
}

TEST(Options, AskForTcpOfBothFamiliesByDefault) {
  const auto given = options({});
  EXPECT_TRUE(given.query.tcp && given.query.ipv4 && given.query.ipv6 && given.query.owners);
  EXPECT_FALSE(given.query.udp || given.listeners || given.resolve || given.strict || given.color);
  EXPECT_EQ(given.format, tool::Format::table);
  EXPECT_TRUE(given.header);
}

TEST(Options, ChooseProtocolsAndFamilies) {
  EXPECT_FALSE(options({"-u"}).query.tcp);
  EXPECT_TRUE(options({"-u"}).query.udp);
  EXPECT_TRUE(options({"-tu"}).query.tcp && options({"-tu"}).query.udp);
  EXPECT_FALSE(options({"-4"}).query.ipv6);
  EXPECT_FALSE(options({"-6"}).query.ipv4);
  EXPECT_TRUE(options({"-46"}).query.ipv4 && options({"-46"}).query.ipv6);
}

TEST(Options, MayBeRepeated) {
  EXPECT_TRUE(options({"-l", "-ln", "--json", "--json"}).listeners);
}

TEST(Options, SortByEveryColumnInBothDirections) {
  for (const tool::Column& column : tool::all_columns()) {
    const std::string name(column.name), backwards = "-" + name;
    EXPECT_EQ(options({"--sort", name.c_str()}).sort, &column) << name;
    EXPECT_FALSE(options({"--sort", name.c_str()}).descending) << name;
    EXPECT_TRUE(options({"--sort", backwards.c_str()}).descending) << name;
    EXPECT_TRUE(options({("--sort=" + backwards).c_str()}).descending) << name;
  }
  EXPECT_EQ(options({"--sort", "port"}).sort, tool::find_column("lport"));
}

std::string column_names(const std::vector<const char*>& words) {
  std::string names;
  for (const tool::Column* column : options(words).columns)
    names += (names.empty() ? "" : ",") + std::string(column->name);
  return names;
}

TEST(Options, ChooseAddAndLeaveOutColumns) {
  EXPECT_EQ(column_names({}), "state,local,lport,remote,rport,process,pid,user,workload");
  EXPECT_EQ(column_names({"-tu"}), "proto,state,local,lport,remote,rport,process,pid,user,workload");
  EXPECT_EQ(column_names({"-o", "pid,rtt"}), "pid,rtt");
  EXPECT_EQ(column_names({"-o", "+rtt,age,-user,unit,-local"}),
            "state,lport,remote,rport,process,pid,workload,rtt,age,unit");
  EXPECT_EQ(column_names({"-o", "OwningProcess,LocalPort"}), "pid,lport");
}

TEST(Options, AskTheLibraryForNoMoreThanIsShown) {
  EXPECT_FALSE(options({"-o", "local,lport"}).query.owners);
  EXPECT_TRUE(options({"-o", "local,lport", "pid:1"}).query.owners);
  EXPECT_TRUE(options({"-o", "local", "--sort", "process"}).query.owners);
  EXPECT_TRUE(options({"-o", "local", "--group-by", "process"}).query.owners);
  EXPECT_FALSE(options({}).query.inodes || options({}).query.queues || options({}).query.cookies);
  EXPECT_TRUE(options({"-o", "inode"}).query.inodes);
  const auto json = options({"--json"}).query;
  EXPECT_TRUE(json.owners && json.inodes && json.queues && json.cookies && json.uids);
}

TEST(Options, AskForEveryNamespaceWhateverColumnsAreChosen) {
  for (const std::vector<const char*>& words :
       std::vector<std::vector<const char*>>{{"-N"}, {"-N", "-o", "lport"}, {"-N", "-o", "-netns"}})
    EXPECT_EQ(options(words).query.namespaces, tcptable::Namespaces::all) << words.back();
  EXPECT_EQ(options({}).query.namespaces, tcptable::Namespaces::current);
}

TEST(Options, TakeTheFilterFromTheOtherWords) {
  const auto given = options({"state:listen", "-t", "(", "lport:80", "or", "lport:443", ")"});
  EXPECT_EQ(given.query.states.mask(), tcptable::StateSet{tcptable::State::listen}.mask());
  EXPECT_TRUE(options({"proto:udp"}).query.udp);
}

TEST(Options, PointAtTheWrongPlaceOfAFilter) {
  const auto parsed = parse({"pid:1", "state:establised"});
  const auto* wrong = std::get_if<tool::UsageError>(&parsed);
  ASSERT_NE(wrong, nullptr);
  EXPECT_NE(wrong->text.find("\n            ^~~~~~~~~~\n"), std::string::npos) << wrong->text;
  EXPECT_FALSE(wrong->text.ends_with('\n')) << "an empty line would follow";
}

TEST(Options, ColorOnlyWhereItIsWanted) {
  ::unsetenv("NO_COLOR");
  EXPECT_TRUE(options({"--color=always"}).color);
  EXPECT_FALSE(options({"--color", "never"}).color);
  ::setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(options({"--color=auto"}).color);
  EXPECT_TRUE(options({"--color=always"}).color);
}

TEST(Options, WrongOnesGiveOnePrintableLine) {
  for (const std::vector<const char*>& words : std::vector<std::vector<const char*>>{
           {"--sort", "size"},
           {"--sort="},
           {"--sort", ""},
           {"--sort", "-"},
           {"--sort", "\x1b[31m"},
           {"--color=red"},
           {"-o", "pidd"},
           {"-o", ""},
           {"-o", "pid,"},
           {"-o", "+"},
           {"-o", "-state,-local,-lport,-remote,-rport,-process,-pid,-user,-workload"},
           {"--group-by", "\x1b"},
           {"--json", "--csv"}}) {
    const auto parsed = parse(words);
    const auto* wrong = std::get_if<tool::UsageError>(&parsed);
    ASSERT_NE(wrong, nullptr) << words.front();
    for (const char c : wrong->text) EXPECT_TRUE(c >= 0x20 && c < 0x7f) << wrong->text;
  }
}

}  // namespace
