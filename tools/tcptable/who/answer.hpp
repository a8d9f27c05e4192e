// SPDX-License-Identifier: MIT
// Who has a port: found in a snapshot, with what its processes run.
#pragma once

#include <tcptable/process.hpp>
#include <tcptable/snapshot.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tcptable/filter/expression.hpp"

namespace tool::who {

/// One process that holds sockets on the port.
struct Holder {
  tcptable::Process process;
  /// Absent where it has ended meanwhile, or /proc hides it.
  std::optional<tcptable::ProcessDescription> description;
  /// Arguments, each ended by NUL; empty where they can't be read.
  std::string arguments;
  /// The process that started it, that one's parent, and so on.
  std::vector<tcptable::Process> parents;
  /// docker-proxy and its like: where it passes connections on to.
  std::optional<std::string> forwards_to;
  /// Who listens there, in whatever network namespace that is; absent where nobody does, or nobody is seen.
  std::optional<tcptable::Process> served_by;
};

/// How many sockets one process has; the process is absent where the socket has no owner.
struct Share {
  const tcptable::Process* process = nullptr;
  std::uint32_t sockets = 0;
};

struct Answer {
  /// Listeners, UDP sockets without a peer, and TCP sockets that are bound alone: what keeps others from the
  /// port.
  std::vector<const tcptable::SocketRow*> servers;
  /// Connections whose local port it is.
  std::vector<const tcptable::SocketRow*> accepted;
  /// Connections to such a port elsewhere.
  std::vector<const tcptable::SocketRow*> outgoing;

  bool empty() const { return servers.empty() && accepted.empty() && outgoing.empty(); }
};

/// Rows on the place; `pattern` may have an address beside the port.
Answer answer_from(const tcptable::Snapshot& snapshot, const filter::EndpointPattern& pattern);

/// Owners of the rows, the one with most of them first.
std::vector<Share> shares_of(const tcptable::Snapshot& snapshot,
                             const std::vector<const tcptable::SocketRow*>& rows);

/// Reads what processes run, and their parents: of those, each once, since many processes have the same.
class ProcessReader {
 public:
  Holder describe(const tcptable::Process& process);

 private:
  struct Ancestor {
    tcptable::Process process;
    std::int32_t parent;
  };

  const std::optional<Ancestor>& ancestor(std::int32_t pid);
  std::vector<tcptable::Process> parents_of(const tcptable::ProcessDescription& description);

  std::map<std::int32_t, std::optional<Ancestor>> ancestors_;  // absent: it has ended, or /proc hides it
};

/// What the arguments of a program that passes connections on to a container say: "172.17.0.2:80".
std::optional<std::string> forwarded_to(std::string_view executable, std::string_view arguments);

}  // namespace tool::who
