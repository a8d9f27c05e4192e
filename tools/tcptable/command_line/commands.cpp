// SPDX-License-Identifier: MIT
// The tables of commands and options.
#include "tcptable/command_line/commands.hpp"

#include <array>

namespace tool {
namespace {

using C = Command;

constexpr std::array<CommandSpec, kCommandCount> kCommands{{
    {C::list, "", "[FILTER]...", "Prints the TCP listeners and connections here, and the process of each.",
     "", false,
     R"(What can't be known is counted in one line on standard error. Exit status:
0 found, 1 nothing matched, 2 usage, 3 partial, 4 not permitted, 5 failed.

  tcptable -l                         who listens?
  tcptable :443                       what happens on port 443?
  tcptable proc:nginx state:established net:10.0.0.0/8
  tcptable -o +rtt,retrans 'rtt>100ms or retrans>0'
  tcptable --group-by process,state   how many sockets of which process?
  tcptable -tu6 --json                everything about IPv6, for programs
The whole filter language: tcptable-filter(7). All columns: tcptable -o help
)"},
    {C::who, "who", "[ADDRESS]:PORT", "Says who has a port: what runs there, and who is connected.", "",
     false,
     R"(What listens on 0.0.0.0 or :: has the port on each address; asked about one of
these two, who names all that keeps a server from it.
Exit status: 0 somebody has it, 1 nobody, 2 usage, 5 failed.

  tcptable who :8080
  tcptable who -u 127.0.0.1:53
  tcptable who http
)"},
    {C::why, "why", "PID|:PORT|FILTER...", "Says what limits sockets: the peer, the path, or the process.",
     "", false,
     R"(A full accept queue, datagrams dropped, a process that doesn't read or close,
loss, the receiver, the sender's buffer, a queue on the path, or nothing but the
application.
Exit status: 0 sockets were found, 1 none, 2 usage, 5 failed.

  tcptable why :443
  tcptable why 1234
  tcptable why state:close_wait
)"},
    {C::stats, "stats", "", "Counts: counters of the kernel, and states by unit or container.", "", false,
     R"(The counters are those of this network namespace since it was made.

  tcptable stats
  tcptable stats --json
)"},
    {C::top, "top", "[FILTER]...", "Shows the sockets as they come and go, in the terminal.", "", false,
     R"(New rows are green, changed ones yellow, closed ones red until they have faded.
? shows the keys: t u l e choose what is shown, / searches, f filters, Enter
tells all about a socket, q quits.
Exit status: 0 when you quit, 2 usage or no terminal, 4 not permitted, 5 failed.

  tcptable top -l            watch who listens
  tcptable top -tu --sort pid --interval 5 proc:nginx
  tcptable top -o +recvq,sendq
)"},
    {C::events, "events", "[FILTER]...", "Tells of connections as they are opened, refused and closed.", "",
     false,
     R"(With CAP_BPF and CAP_PERFMON everything, else closings alone. Ends with --for,
--count, or an interrupt, and says on standard error how many events were seen
and how many were lost. JSON: tcptable-events(1). Exit status: 0 some were
seen, 1 none, 2 usage, 3 some were lost, 4 not permitted, 5 failed.

  tcptable events
  tcptable events --for 10s proc:curl
  tcptable events --json 'rport:443' > connections.ndjson
)"},
    {C::close, "close", "FILTER...", "Closes connections: shows them, asks, and closes each.", "", false,
     R"(The peer gets a reset; the process keeps a descriptor that gives errors. Just
before a socket is closed its identity and its owner are checked again: another
one that has taken its place is never closed. Needs CAP_NET_ADMIN.
Exit status: 0 all closed, 1 none to close, or the answer was no, 2 usage,
3 some not closed, 4 not permitted, 5 none closed.

  tcptable close --dry-run proc:curl rport:443
  tcptable close --yes 'state:close_wait age>1h'
)"},
    {C::diff, "diff", "BEFORE AFTER", "Compares two files that --json has written.", "", true,
     R"(Each line is a socket that came (+), went (-) or has another state or owner (~).
Exit status: 0 no difference, 1 some, 2 a file can't be read.

  tcptable --json > before; sleep 60; tcptable --json > after
  tcptable diff before after
)"},
    {C::doctor, "doctor", "", "Says what works here, what does not, and what mends it.", "", false,
     R"(Looks at the kernel, rights, namespaces and mounts. Exit status: 0 all works,
3 something is limited, 2 usage.

  tcptable doctor
  sudo tcptable doctor --json
)"},
    {C::completions, "completions", "bash|zsh|fish", "Prints the completions for a shell.", "bash zsh fish",
     false,
     R"(  tcptable completions bash > /etc/bash_completion.d/tcptable
)"},
}};

constexpr CommandSet kAll = CommandSet::all();

constexpr std::string_view kHelpAndColumns =
    "help state local lport remote rport process pid user workload proto family reason uid unit slice "
    "container pod cgroup netns exe cmdline start iface inode cookie age recvq sendq backlog drops rcvbuf "
    "sndbuf rtt min_rtt rto cwnd mss bytes_in bytes_out retrans unsent delivery_rate pacing busy "
    "rwnd_limited "
    "sndbuf_limited cc ulp";

constexpr std::array kOptions{
    OptionSpec{Option::tcp,
               {C::list, C::top, C::events},
               "-t,--tcp",
               "",
               "TCP, which is the default (-tu for both)",
               ""},
    OptionSpec{Option::tcp, {C::who}, "-t,--tcp", "", "TCP alone; without -t and -u both", ""},
    OptionSpec{Option::udp, {C::list, C::who, C::top, C::events}, "-u,--udp", "", "UDP alone", ""},
    OptionSpec{Option::ipv4, {C::list, C::top, C::events}, "-4,--ipv4", "", "IPv4 only", ""},
    OptionSpec{Option::ipv6, {C::list, C::top, C::events}, "-6,--ipv6", "", "IPv6 only", ""},
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
    OptionSpec{Option::all_namespaces,
               {C::list},
               "-N,--all-namespaces",
               "",
               "sockets of every network namespace, with its name or number",
               ""},
    OptionSpec{Option::columns,
               {C::list, C::top},
               "-o,--columns",
               "LIST",
               "the columns: a,b are these two; +a,-b adds one and leaves one out; help lists them all",
               kHelpAndColumns},
    OptionSpec{Option::sort,
               {C::list, C::top},
               "--sort",
               "COLUMN",
               "by a column; -COLUMN descends; else listeners first, then by local port",
               kHelpAndColumns.substr(5)},
    OptionSpec{Option::interval,
               {C::top},
               "--interval",
               "SECONDS",
               "between two looks: 0.1 to 3600, 1 without it",
               ""},
    OptionSpec{
        Option::group_by,
        {C::list},
        "--group-by",
        "LIST",
        "a line for each combination of these columns: how many sockets, and the sums of chosen columns",
        "process unit container user state remote"},
    OptionSpec{Option::no_header, {C::list}, "-H,--no-header", "", "leave out the heading", ""},
    OptionSpec{Option::color,
               {C::list, C::top},
               "--color",
               "WHEN",
               "auto (the default), always or never",
               "auto always never"},
    OptionSpec{Option::json,
               {C::list, C::who, C::why, C::stats, C::doctor},
               "--json",
               "",
               "one JSON document, schema 1",
               ""},
    OptionSpec{Option::json, {C::events}, "--json", "", "a JSON object a line, schema 1", ""},
    OptionSpec{Option::ndjson, {C::list, C::events}, "--ndjson", "", "a JSON object a line", ""},
    OptionSpec{Option::csv, {C::list}, "--csv", "", "CSV (RFC 4180)", ""},
    OptionSpec{
        Option::strict, {C::list}, "--strict", "", "exit with 3 if rows or owners could not be read", ""},
    OptionSpec{
        Option::duration, {C::events}, "--for", "TIME", "end after so long: 10s, 5m, 1h30m", "10s 1m 1h"},
    OptionSpec{Option::count, {C::events}, "--count", "N", "end after so many events", ""},
    OptionSpec{Option::dry_run, {C::close}, "--dry-run", "", "only show what would be closed", ""},
    OptionSpec{Option::yes, {C::close}, "-y,--yes", "", "close without asking", ""},
    OptionSpec{
        Option::listeners, {C::close}, "--listeners", "", "close listeners instead of connections", ""},
    OptionSpec{Option::force,
               {C::close},
               "--force",
               "",
               "close even the SSH connection by which you are logged in",
               ""},
    OptionSpec{Option::as,
               {C::list},
               "--as",
               "TOOL",
               "first of all words: take the options and write the output of ss, netstat or lsof, as a link "
               "of such a name does",
               "ss netstat lsof"},
    OptionSpec{Option::version, {C::list}, "-V,--version", "", "version and backends", ""},
    OptionSpec{Option::help, kAll, "-h,--help", "", "this text", ""},
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
