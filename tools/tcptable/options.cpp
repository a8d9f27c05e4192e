// SPDX-License-Identifier: MIT
// The only file that knows CLI11, which takes seconds to compile.
#include "tcptable/options.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <map>
#include <optional>

#include "tcptable/display.hpp"

namespace tool {
namespace {

constexpr char kHelp[] = R"(usage: tcptable [OPTION]...
Prints the machine's TCP listeners and connections, and the process of each.

  -t, -u             TCP (the default), UDP; -tu for both
  -4, -6             IPv4 only, IPv6 only
  -l                 listeners only; of UDP the sockets without a peer
  -n                 numbers for hosts and ports (the default)
  -r, --resolve      names for hosts and ports: asks DNS, and can take long
      --sort FIELD   state, local, port, remote, rport, pid, process or user;
                     -FIELD descends; else listeners first, then by local port
  -H, --no-header    leave out the heading
      --color WHEN   auto (the default), always or never
      --json         one JSON document, schema 1
      --strict       exit with 3 if rows or owners could not be read
  -V, --version      version and backends; -h, --help: this text

What can't be known is counted in one line on standard error. Exit status:
0 found, 1 nothing matched, 2 usage, 3 partial, 4 not permitted, 5 failed.

  tcptable -l                who listens?
  tcptable -tu6 --json       everything about IPv6, for programs
  tcptable --sort process    one program's sockets side by side
)";

const std::map<std::string, SortField, std::less<>> kSortFields{
    {"state", SortField::state},     {"local", SortField::local},       {"port", SortField::local_port},
    {"remote", SortField::remote},   {"rport", SortField::remote_port}, {"pid", SortField::pid},
    {"process", SortField::process}, {"user", SortField::user}};

struct Words {
  bool ipv4 = false, ipv6 = false, tcp = false, udp = false, numeric = false, no_header = false;
  bool help = false, version = false;
  std::optional<std::string> sort;
  std::string color = "auto";
};

void declare(CLI::App& app, Words& words, Options& options) {
  const auto flag = [&](const char* names, bool& value) {
    app.add_flag(names, value)->disable_flag_override();
  };
  app.set_help_flag();
  flag("-4", words.ipv4);
  flag("-6", words.ipv6);
  flag("-t,--tcp", words.tcp);
  flag("-u,--udp", words.udp);
  flag("-l,--listening", options.listeners);
  flag("-n,--numeric", words.numeric);
  flag("-r,--resolve", options.resolve);
  app.add_option("--sort", words.sort);
  flag("-H,--no-header", words.no_header);
  app.add_option("--color", words.color);
  flag("--json", options.json);
  flag("--strict", options.strict);
  flag("-V,--version", words.version);
  flag("-h,--help", words.help);
}

// The text may quote what the caller typed.
UsageError usage_error(const std::string& text) {
  return {escape(text).text() + "; try --help"};
}

bool set_sort(std::string_view field, Options& options) {
  options.descending = field.starts_with('-');
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
  // The table shows no more of a socket than whose it is.
  options.query.cookies = options.query.inodes = options.query.queues = options.json;
  if (options.listeners) options.query.states = {tcptable::State::listen};
  options.header = !words.no_header;
}

}  // namespace

std::variant<Options, Information, UsageError> parse_options(int count, const char* const* words) {
  Options options;
  Words given;
  CLI::App app;
  declare(app, given, options);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what());
  }
  if (given.help) return Information{kHelp};
  if (given.version) return Information{"tcptable " TCPTABLE_VERSION " (backends: bpf, sock_diag, procfs)\n"};
  if (given.sort && !set_sort(*given.sort, options))
    return usage_error("--sort: no field '" + *given.sort + "'");
  if (!set_color(given.color, options)) return usage_error("--color: neither auto nor always nor never");
  set_query(given, options);
  return options;
}

}  // namespace tool
