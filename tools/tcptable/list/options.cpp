// SPDX-License-Identifier: MIT
// From the words of the command line to a query and a layout.
#include "tcptable/list/options.hpp"

#include <unistd.h>

#include <cstdlib>
#include <map>

namespace tool {
namespace {

const std::map<std::string, SortField, std::less<>> kSortFields{
    {"state", SortField::state},     {"local", SortField::local},       {"port", SortField::local_port},
    {"remote", SortField::remote},   {"rport", SortField::remote_port}, {"pid", SortField::pid},
    {"process", SortField::process}, {"user", SortField::user}};

bool set_sort(std::string_view field, Options& options) {
  options.descending = field.starts_with('-');
  if (options.descending) field.remove_prefix(1);
  const auto found = kSortFields.find(field);
  if (found != kSortFields.end()) options.sort = found->second;
  return found != kSortFields.end();
}

bool set_color(std::string_view when, Options& options) {
  const char* no_color = std::getenv("NO_COLOR");
  const bool wanted = no_color == nullptr || *no_color == '\0';
  options.color = when == "always" || (when == "auto" && wanted && isatty(STDOUT_FILENO) == 1);
  return when == "always" || when == "auto" || when == "never";
}

void set_query(const Arguments& given, Options& options) {
  options.query.tcp = given.has(Option::tcp) || !given.has(Option::udp);
  options.query.udp = given.has(Option::udp);
  options.query.ipv4 = given.has(Option::ipv4) || !given.has(Option::ipv6);
  options.query.ipv6 = given.has(Option::ipv6) || !given.has(Option::ipv4);
  // The table shows no more of a socket than whose it is.
  options.query.cookies = options.query.inodes = options.query.queues = options.json;
  if (options.listeners) options.query.states = {tcptable::State::listen};
}

}  // namespace

std::variant<Options, UsageError> list_options(const Arguments& given) {
  Options options;
  if (!given.operands.empty()) return usage_error("not expected: " + given.operands.front());
  const std::string* sort = given.value(Option::sort);
  if (sort != nullptr && !set_sort(*sort, options)) return usage_error("--sort: no field '" + *sort + "'");
  const std::string* color = given.value(Option::color);
  if (!set_color(color != nullptr ? *color : "auto", options))
    return usage_error("--color: neither auto nor always nor never");
  options.listeners = given.has(Option::listening);
  options.resolve = given.has(Option::resolve);
  options.json = given.has(Option::json);
  options.strict = given.has(Option::strict);
  options.header = !given.has(Option::no_header);
  set_query(given, options);
  return options;
}

}  // namespace tool
