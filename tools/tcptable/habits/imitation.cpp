// SPDX-License-Identifier: MIT
#include "tcptable/habits/imitation.hpp"

#include <array>

#include "tcptable/habits/lsof.hpp"
#include "tcptable/habits/netstat.hpp"
#include "tcptable/habits/ss.hpp"
#include "tcptable/habits/words.hpp"
#include "tcptable/output/display.hpp"

namespace tool {
namespace {

constexpr std::array<std::string_view, 3> kNames{"ss", "netstat", "lsof"};
constexpr std::string_view kAs = "--as";

Imitated call_of(Imitation imitation, std::span<const char* const> words) {
  return {imitation, {words.begin(), words.end()}};
}

ExitStatus run_understood(Imitation imitation, const HabitWords& words) {
  if (words.has(HabitOption::help)) return print(habit_help(imitation));
  switch (imitation) {
    case Imitation::ss:
      return run_ss(words);
    case Imitation::netstat:
      return run_netstat(words);
    case Imitation::lsof:
      return run_lsof(words);
  }
  return ExitStatus::usage;
}

}  // namespace

std::string_view to_string(Imitation imitation) {
  return kNames[static_cast<std::size_t>(imitation)];
}

std::optional<Imitation> imitation_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Imitation>(i);
  }
  return std::nullopt;
}

std::optional<Imitated> imitated_call(std::span<const char* const> words) {
  if (words.empty()) return std::nullopt;
  const std::string_view path = words[0];
  if (const auto own = imitation_named(path.substr(path.rfind('/') + 1)))
    return call_of(*own, words.subspan(1));
  if (words.size() < 2) return std::nullopt;
  const std::string_view first = words[1];
  if (first == kAs && words.size() > 2) {
    if (const auto named = imitation_named(words[2])) return call_of(*named, words.subspan(3));
  }
  if (first.starts_with(kAs) && first.substr(kAs.size()).starts_with('=')) {
    if (const auto named = imitation_named(first.substr(kAs.size() + 1)))
      return call_of(*named, words.subspan(2));
  }
  return std::nullopt;
}

ExitStatus run_imitation(const Imitated& call) {
  const auto words = parse_words(call.imitation, call.words);
  if (const auto* wrong = std::get_if<NotUnderstood>(&words)) return not_understood(call.imitation, *wrong);
  return run_understood(call.imitation, std::get<HabitWords>(words));
}

}  // namespace tool
