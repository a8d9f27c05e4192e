// SPDX-License-Identifier: MIT
// Letters may be joined (-tulpn), and an argument attached (-iTCP), as in the tools themselves.
#include "tcptable/habits/words.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "tcptable/output/display.hpp"

namespace tool {
namespace {

using A = HabitArgument;
using I = Imitation;
using O = HabitOption;

constexpr std::string_view kResolve = "names for hosts, too: asks DNS, and can take long";

constexpr std::array kSpecs{
    HabitSpec{I::ss, O::tcp, "-t,--tcp", A::none, "TCP"},
    HabitSpec{I::ss, O::udp, "-u,--udp", A::none, "UDP"},
    HabitSpec{I::ss, O::family, "-A,--query,--socket", A::required, "tcp, udp or tcp,udp"},
    HabitSpec{I::ss, O::ipv4, "-4,--ipv4", A::none, "IPv4 only"},
    HabitSpec{I::ss, O::ipv6, "-6,--ipv6", A::none, "IPv6 only"},
    HabitSpec{I::ss, O::all, "-a,--all", A::none, "listeners, connections and all between"},
    HabitSpec{I::ss, O::listening, "-l,--listening", A::none, "listeners, and UDP without a peer"},
    HabitSpec{I::ss, O::numeric, "-n,--numeric", A::none, "numbers for ports"},
    HabitSpec{I::ss, O::resolve, "-r,--resolve", A::none, kResolve},
    HabitSpec{I::ss, O::processes, "-p,--processes", A::none, "who holds it, by which descriptor"},
    HabitSpec{I::ss, O::no_header, "-H,--no-header", A::none, "no heading"},
    HabitSpec{I::ss, O::no_effect, "-O,--oneline", A::none, "nothing: each socket has one line anyway"},
    HabitSpec{I::ss, O::help, "-h,--help", A::none, "these options"},

    HabitSpec{I::netstat, O::tcp, "-t,--tcp", A::none, "TCP"},
    HabitSpec{I::netstat, O::udp, "-u,--udp", A::none, "UDP"},
    HabitSpec{I::netstat, O::ipv4, "-4,--inet", A::none, "IPv4 only"},
    HabitSpec{I::netstat, O::ipv6, "-6,--inet6", A::none, "IPv6 only"},
    HabitSpec{I::netstat, O::all, "-a,--all", A::none, "listeners, too"},
    HabitSpec{I::netstat, O::listening, "-l,--listening", A::none, "listeners only"},
    HabitSpec{I::netstat, O::numeric, "-n,--numeric", A::none, "numbers for ports and users"},
    HabitSpec{I::netstat, O::numeric_hosts, "--numeric-hosts", A::none, "numbers for hosts"},
    HabitSpec{I::netstat, O::numeric_ports, "--numeric-ports", A::none, "numbers for ports"},
    HabitSpec{I::netstat, O::numeric_users, "--numeric-users", A::none, "numbers for users"},
    HabitSpec{I::netstat, O::resolve, "--resolve", A::none, kResolve},
    HabitSpec{I::netstat, O::processes, "-p,--programs", A::none, "pid and program"},
    HabitSpec{I::netstat, O::extended, "-e,--extend", A::none, "user and inode"},
    HabitSpec{I::netstat, O::wide, "-W,--wide", A::none, "addresses in full"},
    HabitSpec{I::netstat, O::help, "-h,--help", A::none, "these options"},

    HabitSpec{I::lsof, O::internet, "-i", A::optional, "[46][PROTOCOL][@HOST][:PORTS]; each -i adds sockets"},
    HabitSpec{I::lsof, O::state, "-s", A::required, "TCP:STATE,...; ^STATE leaves one out"},
    HabitSpec{I::lsof, O::terse, "-t", A::none, "pids only"},
    HabitSpec{I::lsof, O::fields, "-F", A::required,
              "one field a line: letters of afcdLnPptTu, 0 for NUL ends"},
    HabitSpec{I::lsof, O::pid, "-p", A::required, "PID,...; only with -a"},
    HabitSpec{I::lsof, O::all_of, "-a", A::none, "what -i and -p both choose"},
    HabitSpec{I::lsof, O::numeric_hosts, "-n", A::none, "numbers for hosts"},
    HabitSpec{I::lsof, O::numeric_ports, "-P", A::none, "numbers for ports"},
    HabitSpec{I::lsof, O::numeric_users, "-l", A::none, "numbers for users"},
    HabitSpec{I::lsof, O::command_width, "+c", A::required, "characters of COMMAND; 0 for all; else 9"},
    HabitSpec{I::lsof, O::resolve, "--resolve", A::none, kResolve},
    HabitSpec{I::lsof, O::no_effect, "-w", A::none, "nothing: there are no warnings"},
    HabitSpec{I::lsof, O::help, "-h,--help", A::none, "these options"},
};

bool is_named(const HabitSpec& spec, std::string_view name) {
  std::string_view names = spec.names;
  while (!names.empty()) {
    const std::size_t length = std::min(names.find(','), names.size());
    if (names.substr(0, length) == name) return true;
    names.remove_prefix(std::min(length + 1, names.size()));
  }
  return false;
}

const HabitSpec* find(Imitation imitation, std::string_view name) {
  const auto found = std::find_if(kSpecs.begin(), kSpecs.end(), [&](const HabitSpec& spec) {
    return spec.imitation == imitation && is_named(spec, name);
  });
  return found == kSpecs.end() ? nullptr : &*found;
}

class Parser {
 public:
  Parser(Imitation imitation, std::span<const std::string> words) : imitation_(imitation), words_(words) {}

  std::optional<NotUnderstood> parse() {
    while (at_ < words_.size()) {
      const std::string_view word = words_[at_++];
      std::optional<NotUnderstood> wrong;
      if (word == "--") {
        for (; at_ < words_.size(); ++at_) parsed_.operands.push_back(words_[at_]);
      } else if (word.starts_with("--")) {
        wrong = take_long(word);
      } else if (word.size() > 1 && is_sign(word.front())) {
        wrong = take_letters(word);
      } else {
        parsed_.operands.emplace_back(word);
      }
      if (wrong) return wrong;
    }
    return std::nullopt;
  }

  HabitWords& parsed() { return parsed_; }

 private:
  bool is_sign(char c) const { return c == '-' || (c == '+' && imitation_ == Imitation::lsof); }

  std::optional<NotUnderstood> take_long(std::string_view word) {
    const std::size_t name_end = std::min(word.find('='), word.size());
    const HabitSpec* spec = find(imitation_, word.substr(0, name_end));
    const bool has_value = name_end != word.size();
    if (spec == nullptr || (has_value && spec->argument == HabitArgument::none)) return unknown(word);
    return add(*spec, word.substr(std::min(name_end + 1, word.size())), has_value);
  }

  std::optional<NotUnderstood> take_letters(std::string_view word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
      const std::string name{word.front(), word[i]};
      const HabitSpec* spec = find(imitation_, name);
      if (spec == nullptr) return unknown(name);
      const bool takes_rest = spec->argument != HabitArgument::none;
      const auto wrong = add(*spec, takes_rest ? word.substr(i + 1) : "", takes_rest && i + 1 < word.size());
      if (wrong || takes_rest) return wrong;
    }
    return std::nullopt;
  }

  std::optional<NotUnderstood> add(const HabitSpec& spec, std::string_view attached, bool has_value) {
    std::string value(attached);
    if (spec.argument != HabitArgument::none && !has_value) {
      const bool is_there = at_ < words_.size() && (words_[at_].empty() || !is_sign(words_[at_].front()));
      if (!is_there && spec.argument == HabitArgument::required)
        return NotUnderstood{fmt::format("{} needs an argument", spec.names)};
      if (is_there) value = words_[at_++];
    }
    parsed_.options.push_back({spec.option, std::move(value)});
    return std::nullopt;
  }

  NotUnderstood unknown(std::string_view word) const { return {fmt::format("{} is not imitated", word)}; }

  Imitation imitation_;
  std::span<const std::string> words_;
  std::size_t at_ = 0;
  HabitWords parsed_;
};

}  // namespace

std::span<const HabitSpec> all_habit_options() {
  return kSpecs;
}

std::variant<HabitWords, NotUnderstood> parse_words(Imitation imitation, std::span<const std::string> words) {
  Parser parser(imitation, words);
  if (auto wrong = parser.parse()) return std::move(*wrong);
  return std::move(parser.parsed());
}

ExitStatus not_understood(Imitation imitation, const NotUnderstood& wrong) {
  const std::string_view name = to_string(imitation);
  return fail(fmt::format("as {}: {}; `tcptable --as {} --help` lists what is", name,
                          escape(wrong.text).text(), name),
              ExitStatus::usage);
}

std::string habit_help(Imitation imitation) {
  std::string text = fmt::format("usage: tcptable --as {} [OPTION]...\n\n", to_string(imitation));
  for (const HabitSpec& spec : kSpecs) {
    if (spec.imitation == imitation) text += fmt::format("  {:20} {}\n", spec.names, spec.meaning);
  }
  return text;
}

}  // namespace tool
