// SPDX-License-Identifier: MIT
// From the words of the command line to a query and a layout.
#include "tcptable/list/options.hpp"

#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "tcptable/command_line/filter_operands.hpp"
#include "tcptable/filter/narrow.hpp"

namespace tool {
namespace {

using Failure = std::optional<UsageError>;

Failure set_sort(const Arguments& given, Options& options) {
  const std::string* sort = given.value(Option::sort);
  if (sort == nullptr) return {};
  std::string_view name = *sort;
  options.descending = name.starts_with('-');
  if (options.descending) name.remove_prefix(1);
  options.sort = find_column(name);
  if (options.sort == nullptr)
    return usage_error("--sort: no column '" + std::string(name) + "'; -o help lists them");
  return {};
}

Failure set_color(const Arguments& given, Options& options) {
  const std::string* value = given.value(Option::color);
  const std::string_view when = value != nullptr ? std::string_view(*value) : "auto";
  const char* no_color = std::getenv("NO_COLOR");
  const bool wanted = no_color == nullptr || *no_color == '\0';
  options.color = when == "always" || (when == "auto" && wanted && isatty(STDOUT_FILENO) == 1);
  if (when == "always" || when == "auto" || when == "never") return {};
  return usage_error("--color: neither auto nor always nor never");
}

Failure set_format(const Arguments& given, Options& options) {
  int formats = 0;
  const auto choose = [&](Option option, Format format) {
    if (!given.has(option)) return;
    options.format = format;
    ++formats;
  };
  choose(Option::json, Format::json);
  choose(Option::ndjson, Format::ndjson);
  choose(Option::csv, Format::csv);
  if (formats > 1) return usage_error("only one of --json, --ndjson and --csv");
  return {};
}

// Where both protocols may come, a row says which it has.
void set_default_columns(Options& options) {
  const bool both = options.query.tcp && options.query.udp;
  options.columns = default_columns();
  if (both || options.format == Format::csv)
    options.columns.insert(options.columns.begin(), find_column("proto"));
}

Failure set_columns(const Arguments& given, Options& options) {
  set_default_columns(options);
  if (given.has(Option::all_namespaces)) {
    options.query.namespaces = tcptable::Namespaces::all;  // whatever columns are chosen
    options.columns.insert(options.columns.begin(), find_column("netns"));
  }
  const std::string* chosen = given.value(Option::columns);
  const std::string* group_by = given.value(Option::group_by);
  options.columns_chosen = chosen != nullptr || given.has(Option::all_namespaces);
  if (chosen != nullptr) {
    auto columns = parse_columns(*chosen, options.columns);
    if (!columns) return usage_error(columns.error());
    options.columns = std::move(*columns);
  }
  if (group_by != nullptr) {
    auto columns = parse_columns(*group_by, {});
    if (!columns) return usage_error("--group-by" + columns.error().substr(2));
    options.group_by = std::move(*columns);
  }
  return {};
}

Failure set_filter(const Arguments& given, Options& options) {
  auto filter = filter_of(given.operands);
  if (!filter) return filter.error();
  options.filter = std::move(*filter);
  return {};
}

void set_protocols(const Arguments& given, Options& options) {
  const bool filtered = filter::mentions(options.filter, filter::Key::protocol);
  options.query.udp = given.has(Option::udp) || (filtered && !given.has(Option::tcp));
  options.query.tcp = given.has(Option::tcp) || !given.has(Option::udp);
  options.query.ipv4 = given.has(Option::ipv4) || !given.has(Option::ipv6);
  options.query.ipv6 = given.has(Option::ipv6) || !given.has(Option::ipv4);
  if (options.listeners) options.query.states = {tcptable::State::listen};
}

// A table shows no more of a socket than its columns; without a wish a faster backend may answer.
void set_wishes(Options& options) {
  const bool everything = options.format == Format::json || options.format == Format::ndjson;
  options.query.owners = options.query.holders = everything;
  options.query.cookies = options.query.inodes = options.query.queues = options.query.uids = everything;
  for (const Column* column : options.columns) ask_for(*column, options.query);
  for (const Column* column : options.group_by) ask_for(*column, options.query);
  if (options.sort != nullptr) ask_for(*options.sort, options.query);
  // Where no row can match, the query stays as it is, and the filter lets none pass.
  std::ignore = filter::narrow(options.filter, options.query);
  // For the owners of a whole table nearly every process is looked at anyway.
  if (options.query.filter.empty()) options.query.holders = true;
}

}  // namespace

Options default_options() {
  return std::get<Options>(list_options(Arguments()));
}

std::variant<Options, UsageError> list_options(const Arguments& given) {
  Options options;
  options.listeners = given.has(Option::listening);
  options.resolve = given.has(Option::resolve);
  options.strict = given.has(Option::strict);
  options.header = !given.has(Option::no_header);
  if (auto wrong = set_filter(given, options)) return *wrong;
  set_protocols(given, options);
  for (const auto step : {set_sort, set_color, set_format, set_columns}) {
    if (auto wrong = step(given, options)) return *wrong;
  }
  set_wishes(options);
  return options;
}

}  // namespace tool
