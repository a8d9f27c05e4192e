// SPDX-License-Identifier: MIT
// From the words of the command line to the first choices.
#include "tcptable/top/options.hpp"

#include <charconv>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "tcptable/command_line/filter_operands.hpp"

namespace tool::top {
namespace {

constexpr double kShortest = 0.1;
constexpr double kLongest = 3600;

UsageError wrong(std::string_view text) {
  return usage_error(text, Command::top);
}

std::optional<UsageError> set_interval(const std::string& text, Options& options) {
  double seconds = 0;
  const char* end = text.data() + text.size();
  const auto [behind, error] = std::from_chars(text.data(), end, seconds, std::chars_format::fixed);
  if (error != std::errc() || behind != end || !(seconds >= kShortest && seconds <= kLongest))
    return wrong("--interval: seconds from 0.1 to 3600, not '" + text + "'");
  options.interval = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000 + 0.5));
  return std::nullopt;
}

std::optional<UsageError> set_sort(std::string_view name, Choices& choices) {
  choices.descending = name.starts_with('-');
  if (choices.descending) name.remove_prefix(1);
  choices.sort = find_column(name);
  if (choices.sort == nullptr)
    return wrong("--sort: no column '" + std::string(name) + "'; -o help lists them");
  return std::nullopt;
}

std::optional<UsageError> set_columns(const std::string& list, Choices& choices) {
  auto columns = parse_columns(list, choices.columns);
  if (!columns) return wrong(columns.error());
  choices.columns = std::move(*columns);
  return std::nullopt;
}

std::optional<UsageError> set_filter(const std::vector<std::string>& words, Choices& choices) {
  auto filter = filter_of(words);
  if (!filter) return filter.error();
  choices.filter = std::move(*filter);
  choices.filter_text = filter::to_text(choices.filter);
  if (words.empty()) choices.filter_text.clear();
  return std::nullopt;
}

std::optional<UsageError> set_color(std::string_view when, Options& options) {
  if (when != "auto" && when != "always" && when != "never")
    return wrong("--color: neither auto nor always nor never");
  const char* no_color = std::getenv("NO_COLOR");
  const bool unwanted = no_color != nullptr && *no_color != '\0';
  options.colors = when == "always" || (when == "auto" && !unwanted);
  return std::nullopt;
}

// As the list does.
void set_toggles(const Arguments& given, Choices& choices) {
  const bool filtered = filter::mentions(choices.filter, filter::Key::protocol);
  choices.udp = given.has(Option::udp) || (filtered && !given.has(Option::tcp));
  choices.tcp = given.has(Option::tcp) || !given.has(Option::udp);
  choices.ipv4 = given.has(Option::ipv4) || !given.has(Option::ipv6);
  choices.ipv6 = given.has(Option::ipv6) || !given.has(Option::ipv4);
  choices.established = choices.other = !given.has(Option::listening);
}

}  // namespace

std::variant<Options, UsageError> top_options(const Arguments& given) {
  Options options;
  std::optional<UsageError> error;
  const auto set = [&](Option option, const auto& setter) {
    const std::string* value = given.value(option);
    if (!error && value != nullptr) error = setter(*value);
  };
  error = set_filter(given.operands, options.choices);
  set_toggles(given, options.choices);
  set(Option::interval, [&](const std::string& text) { return set_interval(text, options); });
  set(Option::sort, [&](const std::string& text) { return set_sort(text, options.choices); });
  set(Option::columns, [&](const std::string& text) { return set_columns(text, options.choices); });
  const std::string* color = given.value(Option::color);
  if (!error) error = set_color(color != nullptr ? *color : "auto", options);
  if (error) return *error;
  return options;
}

}  // namespace tool::top
