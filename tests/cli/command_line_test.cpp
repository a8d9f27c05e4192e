// SPDX-License-Identifier: MIT
// Commands, options and operands; --help and the completions, which tell all of them.
#include "tcptable/command_line/arguments.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/temporary_directory.hpp"
#include "tcptable/columns/column.hpp"
#include "tcptable/command_line/completions.hpp"
#include "tcptable/command_line/help.hpp"

namespace {

using tool::Arguments;
using tool::Command;
using tool::Option;

std::variant<Arguments, tool::UsageError> parse(std::vector<const char*> words) {
  words.insert(words.begin(), "tcptable");
  return tool::parse_command_line(static_cast<int>(words.size()), words.data());
}

Arguments arguments(const std::vector<const char*>& words) {
  const auto parsed = parse(words);
  if (const auto* wrong = std::get_if<tool::UsageError>(&parsed)) ADD_FAILURE() << wrong->text;
  const auto* found = std::get_if<Arguments>(&parsed);
  return found != nullptr ? *found : Arguments();
}

TEST(CommandLine, FirstWordChoosesTheCommand) {
  EXPECT_EQ(arguments({}).command, Command::list);
  EXPECT_EQ(arguments({"completions", "bash"}).command, Command::completions);
  EXPECT_EQ(arguments({"-l", "completions"}).command, Command::list);
}

// A name that stands twice in the table would make the parser refuse the command as a whole.
TEST(CommandLine, EveryCommandTakesHelp) {
  for (const tool::CommandSpec& command : tool::all_commands()) {
    const std::string name(command.name);
    const Arguments given = name.empty() ? arguments({"--help"}) : arguments({name.c_str(), "--help"});
    EXPECT_EQ(given.command, command.command) << name;
    EXPECT_TRUE(given.has(Option::help)) << name;
  }
}

TEST(CommandLine, HelpIsAWordToo) {
  EXPECT_TRUE(arguments({"help"}).has(Option::help));
  EXPECT_EQ(arguments({"help", "who"}).command, Command::who);
  EXPECT_TRUE(arguments({"help", "who"}).has(Option::help));
  EXPECT_EQ(arguments({"help", "state:listen"}).operands.size(), 2U) << "a filter";
}

TEST(CommandLine, NamesTheArgumentThatIsMissing) {
  const auto parsed = parse({"--sort"});
  EXPECT_EQ(std::get<tool::UsageError>(parsed).text, "--sort needs its COLUMN; try --help");
}

TEST(CommandLine, MixesOptionsAndOperands) {
  const Arguments given = arguments({"( dport = :443 )", "-l", "!", "[::1]:80", "--sort", "pid", "a"});
  EXPECT_EQ(given.operands, (std::vector<std::string>{"( dport = :443 )", "!", "[::1]:80", "a"}));
  EXPECT_TRUE(given.has(Option::listening));
  EXPECT_EQ(*given.value(Option::sort), "pid");
}

TEST(CommandLine, RefusesOptionsOfAnotherCommand) {
  EXPECT_TRUE(std::holds_alternative<tool::UsageError>(parse({"completions", "--json", "bash"})));
}

TEST(CommandLine, WrongOptionsGiveOnePrintableLine) {
  for (const std::vector<const char*>& words :
       std::vector<std::vector<const char*>>{{"--jso"},
                                             {"-x"},
                                             {"--sort"},
                                             {"--color"},
                                             {"--json=3"},
                                             {"--sort=pid", "--sort=user"},
                                             {"--\x1b[31m\n"}}) {
    const auto parsed = parse(words);
    const auto* wrong = std::get_if<tool::UsageError>(&parsed);
    ASSERT_NE(wrong, nullptr) << words.front();
    for (const char c : wrong->text) EXPECT_TRUE(c >= 0x20 && c < 0x7f) << wrong->text;
  }
}

TEST(Help, IsNoWiderThanEightyColumns) {
  for (const tool::CommandSpec& command : tool::all_commands()) {
    std::istringstream text(tool::help_text(command.command));
    for (std::string line; std::getline(text, line);) EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST(Help, NamesEveryCommandAndOption) {
  const std::string list = tool::help_text(Command::list);
  for (const tool::CommandSpec& command : tool::all_commands()) {
    EXPECT_NE(list.find(command.name), std::string::npos) << command.name;
    const std::string text = tool::help_text(command.command);
    for (const tool::OptionSpec& option : tool::all_options()) {
      const auto name = option.names.substr(option.names.find(',') + 1);
      if (option.commands.contains(command.command)) {
        EXPECT_NE(text.find(name), std::string::npos) << name;
      }
    }
  }
}

// The man page in scdoc(5): names between asterisks.
TEST(ManPage, NamesEveryCommandAndOption) {
  std::stringstream page;
  page << std::ifstream(TCPTABLE_MAN_PAGE).rdbuf();
  const std::string text = page.str();
  for (const tool::CommandSpec& command : tool::all_commands()) {
    const std::string name(command.name);
    EXPECT_NE(text.find(name.empty() ? "*tcptable* " : "\n*tcptable " + name + "*"), std::string::npos)
        << name;
  }
  for (const tool::OptionSpec& option : tool::all_options()) {
    std::istringstream names{std::string(option.names)};
    for (std::string name; std::getline(names, name, ',');)
      EXPECT_NE(text.find("*" + name + "*"), std::string::npos) << name;
  }
}

TEST(Tables, AreInTheOrderOfTheirNumbers) {
  for (const tool::CommandSpec& command : tool::all_commands())
    EXPECT_EQ(&tool::spec_of(command.command), &command);
}

TEST(Tables, HaveNothingThatAShellWouldTakeForItsOwn) {
  const auto is_plain = [](std::string_view text) {
    return text.find_first_of("'\"\\$`") == std::string_view::npos;
  };
  for (const tool::OptionSpec& option : tool::all_options())
    EXPECT_TRUE(is_plain(option.help) && is_plain(option.values)) << option.names;
  for (const tool::CommandSpec& command : tool::all_commands())
    EXPECT_TRUE(is_plain(command.summary)) << command.name;
}

// What bash offers at the end of `line`.
std::string offered(const std::string& line) {
  const tcptable::test::TemporaryDirectory directory;
  const std::string path = directory.path() / "completion";
  std::ofstream(path) << *tool::completions_for("bash") << "COMP_WORDS=(" << line
                      << ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_tcptable\necho \" ${COMPREPLY[*]} \"\n";
  FILE* pipe = popen(("bash " + path).c_str(), "r");
  std::string text(4096, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), pipe));
  EXPECT_EQ(pclose(pipe), 0);
  return text;
}

TEST(Completions, OfColumnsOfferAllOfThem) {
  std::string all;
  for (const tool::Column& column : tool::all_columns()) all += " " + std::string(column.name);
  for (const tool::OptionSpec& option : tool::all_options()) {
    if (option.option == Option::columns) {
      EXPECT_EQ(std::string(option.values), "help" + all);
    } else if (option.option == Option::sort) {
      EXPECT_EQ(" " + std::string(option.values), all);
    }
  }
}

TEST(Completions, OfBashOfferCommandsOptionsAndValues) {
  EXPECT_NE(offered("tcptable c").find(" completions "), std::string::npos);
  EXPECT_NE(offered("tcptable --li").find(" --listening "), std::string::npos);
  EXPECT_NE(offered("tcptable --color ''").find(" never "), std::string::npos);
  EXPECT_NE(offered("tcptable completions z").find(" zsh "), std::string::npos);
  EXPECT_EQ(offered("tcptable completions --li").find("--listening"), std::string::npos);
  EXPECT_EQ(offered("tcptable -o min"), " min_rtt \n");
  EXPECT_EQ(offered("tcptable -o +pid,rt"), " +pid,rtt +pid,rto \n");
  EXPECT_EQ(offered("tcptable --sort -min"), " -min_rtt \n");
}

// Other shells read the script without complaint, where they are installed.
class OtherShells : public testing::TestWithParam<const char*> {};

TEST_P(OtherShells, ReadTheirCompletions) {
  const std::string shell = GetParam();
  if (std::system(("command -v " + shell + " >/dev/null").c_str()) != 0)
    GTEST_SKIP() << "SKIP: " << shell << " is not installed";
  const tcptable::test::TemporaryDirectory directory;
  const std::string path = directory.path() / "completion";
  std::ofstream(path) << *tool::completions_for(shell);
  EXPECT_EQ(std::system((shell + " -n " + path).c_str()), 0);
}

INSTANTIATE_TEST_SUITE_P(Completions, OtherShells, testing::Values("bash", "zsh", "fish"));

}  // namespace
