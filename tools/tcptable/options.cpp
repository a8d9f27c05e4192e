// SPDX-License-Identifier: MIT
// The only file that knows CLI11, which takes seconds to compile.
#include "tcptable/options.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <map>

namespace tool {
namespace {

constexpr char kHelp[] = R"(usage: tcptable [OPTION]...
Prints the machine's TCP connections and listeners with the process that owns each.

  -4, -6            IPv4 only, IPv6 only
  -t, -u            TCP (the default), UDP; both for both
  -l                listeners only; of UDP the sockets without a peer
  -n                numbers, never names (the default)
  -r, --resolve     ask DNS for hosts and /etc/services for ports
      --sort FIELD  state, local, port, remote, rport, pid, process or user; -FIELD descends
  -H, --no-header   leave out the heading
      --color WHEN  auto (the default), always or never
      --json        one JSON document, schema 1 (docs/schema.md)
      --strict      exit with 3 when an owner could not be found for lack of permission
      --version, --help

Listeners come first, by port; then connections, by local port.
Exit status: 0 found, 1 nothing matched, 2 usage, 3 partial with --strict, 4 not permitted.

  tcptable -l                   who listens?
  tcptable -tu -6 --json        everything about IPv6, for programs
  tcptable --sort process       one program's sockets side by side
)";

const std::map<std::string, SortField, std::less<>> kSortFields{
    {"state", SortField::state},     {"local", SortField::local},       {"port", SortField::local_port},
    {"remote", SortField::remote},   {"rport", SortField::remote_port}, {"pid", SortField::pid},
    {"process", SortField::process}, {"user", SortField::user}};

struct Words {
  bool ipv4 = false, ipv6 = false, tcp = false, udp = false, numeric = false, no_header = false;
  bool help = false, version = false;
  std::string sort, color = "auto";
};

void declare(CLI::App& app, Words& words, Options& options) {
  app.set_help_flag();
  app.add_flag("-4", words.ipv4);
  app.add_flag("-6", words.ipv6);
  app.add_flag("-t,--tcp", words.tcp);
  app.add_flag("-u,--udp", words.udp);
  app.add_flag("-l,--listening", options.listeners);
  app.add_flag("-n,--numeric", words.numeric);
  app.add_flag("-r,--resolve", options.resolve);
  app.add_option("--sort", words.sort);
  app.add_flag("-H,--no-header", words.no_header);
  app.add_option("--color", words.color);
  app.add_flag("--json", options.json);
  app.add_flag("--strict", options.strict);
  app.add_flag("-V,--version", words.version);
  app.add_flag("-h,--help", words.help);
}

EarlyExit usage_error(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return {2, "tcptable: " + text + "; try --help\n"};
}

bool set_sort(std::string_view field, Options& options) {
  if (field.empty()) return true;
  options.sorted = true;
  options.descending = field.front() == '-';
  if (options.descending) field.remove_prefix(1);
  const auto found = kSortFields.find(field);
  if (found != kSortFields.end()) options.sort = found->second;
  return found != kSortFields.end();
}

bool set_color(const std::string& when, Options& options) {
  const char* no_color = std::getenv("NO_COLOR");
  const bool wanted = no_color == nullptr || *no_color == '\0';
  options.color = when == "always" || (when == "auto" && wanted && isatty(STDOUT_FILENO) == 1);
  return when == "always" || when == "auto" || when == "never";
}

void set_query(const Words& words, Options& options) {
  options.query.tcp = words.tcp || !words.udp;
  options.query.udp = words.udp;
  options.query.ipv4 = words.ipv4 || !words.ipv6;
  options.query.ipv6 = words.ipv6 || !words.ipv4;
  if (options.listeners) options.query.states = {tcptable::State::listen};
  options.header = !words.no_header;
}

}  // namespace

std::variant<Options, EarlyExit> parse_options(int count, const char* const* words) {
  Options options;
  Words given;
  CLI::App app;
  declare(app, given, options);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what());
  }
  if (given.help) return EarlyExit{0, kHelp};
  if (given.version) return EarlyExit{0, "tcptable " TCPTABLE_VERSION " (backends: sock_diag, procfs)\n"};
  if (!set_sort(given.sort, options)) return usage_error("--sort: no field '" + given.sort + "'");
  if (!set_color(given.color, options)) return usage_error("--color: neither auto nor always nor never");
  set_query(given, options);
  return options;
}

}  // namespace tool
