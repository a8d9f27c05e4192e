// SPDX-License-Identifier: MIT
// What can be shown of a socket: one table of columns, by which -o, --sort, --group-by and the outputs go.
// Their facts are the filter's (filter/key.hpp), so a column and a filter's key of one name mean the same.
#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tcptable/filter/key.hpp"

namespace tool {

/// How a column's value is written, and what it is: text, or a number.
enum class Form : std::uint8_t {
  state,      ///< A word; "unconnected" for a UDP socket without a peer.
  choice,     ///< Another of the filter's words.
  address,    ///< The end's address; its name with --resolve.
  port,       ///< Likewise.
  process,    ///< The owner's name.
  pid,        ///< The owner's.
  text,       ///< Another text.
  arguments,  ///< A text whose parts end with NUL.
  workload,   ///< The container, else the unit, that the socket belongs to.
  user,       ///< A name, or the number without one.
  interface,  ///< Likewise; "*" for any.
  count,
  size,      ///< Bytes.
  rate,      ///< Bytes a second.
  duration,  ///< Microseconds.
  start,     ///< When the owner was started: seconds since 1970.
};

struct Column {
  std::string_view name;
  std::string_view heading;
  filter::Key key;
  Form form;
  std::string_view meaning;
  bool can_be_summed = false;  ///< So that the sum over a group's sockets means something.
};

/// Is its value a number, or a text?
bool is_number(Form form);

std::span<const Column> all_columns();

/// By name or the filter's aliases for its key; nullptr for none.
const Column* find_column(std::string_view name);

using Columns = std::vector<const Column*>;

/// state, local, lport, remote, rport, process, pid, user, workload.
Columns default_columns();

/// "pid,process" are these two; a list that begins with a sign changes `defaults`: "+rtt,retrans,-user" adds
/// two and leaves one out. The error is a line.
tl::expected<Columns, std::string> parse_columns(std::string_view list, const Columns& defaults);

/// Adds to the query what the column needs.
void ask_for(const Column& column, tcptable::Query& query);

/// What `-o help` prints.
std::string columns_help();

}  // namespace tool
