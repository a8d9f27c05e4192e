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
    {C::top, "top", "", "Shows the sockets as they come and go, in the terminal.", "", false,
     R"(New rows are green, changed ones yellow, closed ones red until they have faded. ? shows
the keys: t u l e choose what is shown, / searches, f filters, Enter tells all about a
socket, q quits. Exit status: 0 when you quit, 2 usage or no terminal, 4 not permitted,
5 failed.

  tcptable top -l            watch who listens
  tcptable top -tu --sort pid --interval 5
  tcptable top -o +recvq,sendq
)"},
    {C::completions, "completions", "bash|zsh|fish", "Prints the completions for a shell.", "bash zsh fish",
     false,
     R"(  tcptable completions bash > /etc/bash_completion.d/tcptable
)"},
}};

constexpr CommandSet kAll = CommandSet::all();

constexpr std::array kOptions{
    OptionSpec{Option::tcp, {C::list, C::top}, "-t,--tcp", "", "TCP (the default; -tu for both)", ""},
    OptionSpec{Option::udp, {C::list, C::top}, "-u,--udp", "", "UDP", ""},
    OptionSpec{Option::ipv4, {C::list, C::top}, "-4,--ipv4", "", "IPv4 only", ""},
    OptionSpec{Option::ipv6, {C::list, C::top}, "-6,--ipv6", "", "IPv6 only", ""},
    OptionSpec{Option::listening,
               {C::list, C::top},
               "-l,--listening",
               "",
               "listeners only; of UDP the sockets without a peer",
               ""},
    OptionSpec{Option::numeric,
               {C::list, C::top},
               "-n,--numeric",
               "",
               "numbers for hosts and ports (the default)",
               ""},
    OptionSpec{Option::resolve,
               {C::list},
               "-r,--resolve",
               "",
               "names for hosts and ports: asks DNS, and can take long",
               ""},
    OptionSpec{Option::sort,
               {C::list, C::top},
               "--sort",
               "FIELD",
               "state, local, port, remote, rport, pid, process or user; -FIELD descends; else listeners "
               "first, then by local port",
               "state local port remote rport pid process user"},
    OptionSpec{Option::columns,
               {C::top},
               "-o,--columns",
               "LIST",
               "these columns; with a + in front, besides the usual ones (`c` lists them)",
               ""},
    OptionSpec{Option::interval,
               {C::top},
               "--interval",
               "SECONDS",
               "between two looks: 0.1 to 3600, 1 without it",
               ""},
    OptionSpec{Option::no_header, {C::list}, "-H,--no-header", "", "leave out the heading", ""},
    OptionSpec{Option::color,
               {C::list, C::top},
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
