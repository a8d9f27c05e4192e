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
  EXPECT_FALSE(given.query.udp || given.listeners || given.resolve || given.json || given.strict ||
               given.color);
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

TEST(Options, SortByEveryFieldInBothDirections) {
  for (const std::string field : {"state", "local", "port", "remote", "rport", "pid", "process", "user"}) {
    const std::string backwards = "-" + field;
    EXPECT_NE(options({"--sort", field.c_str()}).sort, tool::SortField::usual) << field;
    EXPECT_FALSE(options({"--sort", field.c_str()}).descending) << field;
    EXPECT_TRUE(options({"--sort", backwards.c_str()}).descending) << field;
    EXPECT_TRUE(options({("--sort=" + backwards).c_str()}).descending) << field;
  }
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
  for (const std::vector<const char*>& words : std::vector<std::vector<const char*>>{{"--sort", "size"},
                                                                                     {"--sort="},
                                                                                     {"--sort", ""},
                                                                                     {"--sort", "-"},
                                                                                     {"--sort", "\x1b[31m"},
                                                                                     {"--color=red"}}) {
    const auto parsed = parse(words);
    const auto* wrong = std::get_if<tool::UsageError>(&parsed);
    ASSERT_NE(wrong, nullptr) << words.front();
    for (const char c : wrong->text) EXPECT_TRUE(c >= 0x20 && c < 0x7f) << wrong->text;
  }
}

}  // namespace
