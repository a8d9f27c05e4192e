// SPDX-License-Identifier: MIT
// The tables of commands and options.
#include "tcptable/command_line/commands.hpp"

#include <array>

namespace tool {
namespace {

using C = Command;

constexpr std::array<CommandSpec, kCommandCount> kCommands{{
    {C::list, "", "", "Prints the TCP listeners and connections here, and the process of each.", "", false,
     R"(What can't be known is counted in one line on standard error. Exit status:
0 found, 1 nothing matched, 2 usage, 3 partial, 4 not permitted, 5 failed.

  tcptable -l                who listens?
  tcptable -tu6 --json       everything about IPv6, for programs
  tcptable --sort process    one program's sockets side by side
)"},
    {C::diff, "diff", "BEFORE AFTER", "Compares two files that --json has written.", "", true,
     R"(Each line is a socket that came (+), went (-) or has another state or owner (~).
Exit status: 0 no difference, 1 some, 2 a file can't be read.

  tcptable --json > before; sleep 60; tcptable --json > after
  tcptable diff before after
)"},
    {C::completions, "completions", "bash|zsh|fish", "Prints the completions for a shell.", "bash zsh fish",
     false,
     R"(  tcptable completions bash > /etc/bash_completion.d/tcptable
)"},
}};

constexpr CommandSet kAll = CommandSet::all();

constexpr std::array kOptions{
    OptionSpec{Option::tcp, {C::list}, "-t,--tcp", "", "TCP (the default; -tu for both)", ""},
    OptionSpec{Option::udp, {C::list}, "-u,--udp", "", "UDP", ""},
    OptionSpec{Option::ipv4, {C::list}, "-4,--ipv4", "", "IPv4 only", ""},
    OptionSpec{Option::ipv6, {C::list}, "-6,--ipv6", "", "IPv6 only", ""},
    OptionSpec{Option::listening,
               {C::list},
               "-l,--listening",
               "",
               "listeners only; of UDP the sockets without a peer",
               ""},
    OptionSpec{
        Option::numeric, {C::list}, "-n,--numeric", "", "numbers for hosts and ports (the default)", ""},
    OptionSpec{Option::resolve,
               {C::list},
               "-r,--resolve",
               "",
               "names for hosts and ports: asks DNS, and can take long",
               ""},
    OptionSpec{Option::sort,
               {C::list},
               "--sort",
               "FIELD",
               "state, local, port, remote, rport, pid, process or user; -FIELD descends; else listeners "
               "first, then by local port",
               "state local port remote rport pid process user"},
    OptionSpec{Option::no_header, {C::list}, "-H,--no-header", "", "leave out the heading", ""},
    OptionSpec{Option::color,
               {C::list},
               "--color",
               "WHEN",
               "auto (the default), always or never",
               "auto always never"},
    OptionSpec{Option::json, {C::list}, "--json", "", "one JSON document, schema 1", ""},
    OptionSpec{
        Option::strict, {C::list}, "--strict", "", "exit with 3 if rows or owners could not be read", ""},
    OptionSpec{Option::version, {C::list}, "-V,--version", "", "version and backends", ""},
    OptionSpec{Option::help, kAll, "-h,--help", "", "this text; behind a command, the text about it", ""},
};

}  // namespace

std::span<const CommandSpec> all_commands() {
  return kCommands;
}

const CommandSpec& spec_of(Command command) {
  return kCommands[static_cast<std::size_t>(command)];
}

std::span<const OptionSpec> all_options() {
  return kOptions;
}

}  // namespace tool
