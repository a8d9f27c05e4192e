// SPDX-License-Identifier: MIT
// What the bench times: a named function that takes the table once and says what it saw.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bench {

/// The part of an answer on which all must agree before any is timed.
struct Answer {
  std::size_t established = 0;
  /// Established sockets by owner; absent for a contender that doesn't look for owners.
  std::optional<std::map<pid_t, std::size_t>> by_owner;

  friend bool operator==(const Answer&, const Answer&) = default;
};

struct Contender {
  std::string name;
  /// Takes the table and looks at all of it. nullopt: it could not be run.
  std::function<std::optional<Answer>()> answer;
  /// Takes the table: what is timed. What came is looked at no more than its reader must. False: it could not
  /// be run.
  std::function<bool()> run;
};

/// One sock_diag dump of the IPv4 TCP table with 64 KiB reads, counting rows: the floor for every netlink
/// reader.
Contender raw_dump();
/// take_snapshot, the Windows call and the tool.
std::vector<Contender> own_contenders();
/// GetTcpTable2 as its page teaches: once for the size, once for the rows.
Contender get_tcp_table2();
/// ss, netstat and lsof, those that are installed.
std::vector<Contender> rival_programs();
/// How to read a program's output, line by line.
struct LineFormat {
  std::string established;  ///< Stands in every established socket's line, and in no other.
  std::function<pid_t(const std::string&)>
      pid_of;  ///< The owner in such a line; empty: the program has none.
};
/// A whole process, from its start to the end of its output, which comes through a pipe.
Contender program(std::string name, std::string command, LineFormat format);

}  // namespace bench
