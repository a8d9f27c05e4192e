// SPDX-License-Identifier: MIT
// Any words as a command line, also as ss's, netstat's and lsof's: it is understood, or there is a message
// that a terminal can show.
#include <string>
#include <vector>

#include "fuzz/byte_source.hpp"
#include "tcptable/command_line/arguments.hpp"
#include "tcptable/events/options.hpp"
#include "tcptable/habits/imitation.hpp"
#include "tcptable/habits/words.hpp"
#include "tcptable/list/options.hpp"
#include "tcptable/output/display.hpp"
#include "tcptable/top/options.hpp"

namespace {

using tcptable::test::ByteSource;
using tcptable::test::require;

void require_harmless(const tool::UsageError& error) {
  require(!error.text.empty());
  for (std::size_t at = 0; at < error.text.size();) {
    const bool line_end = error.text[at] == '\n';
    const auto c = tool::next_code_point(error.text, at);
    require(c && (line_end || tool::cell_width(*c)));
  }
}

template <typename Parsed>
void check(const Parsed& parsed) {
  if (const auto* wrong = std::get_if<tool::UsageError>(&parsed)) require_harmless(*wrong);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteSource source(data, size);
  std::vector<std::string> texts{"tcptable"};
  while (!source.empty()) texts.emplace_back(source.take_until('\0'));
  std::vector<const char*> words;
  for (const std::string& text : texts) words.push_back(text.c_str());

  static_cast<void>(tool::imitated_call(words));
  for (const auto imitation : {tool::Imitation::ss, tool::Imitation::netstat, tool::Imitation::lsof})
    static_cast<void>(parse_words(imitation, std::span(texts).subspan(1)));
  const auto parsed = tool::parse_command_line(static_cast<int>(words.size()), words.data());
  check(parsed);
  const auto* arguments = std::get_if<tool::Arguments>(&parsed);
  if (arguments == nullptr) return 0;
  check(tool::list_options(*arguments));
  check(tool::events_options(*arguments));
  check(tool::top::top_options(*arguments));
  return 0;
}
