// SPDX-License-Identifier: MIT
// The BPF programs that walk the kernel's own tables: every process's sockets, and every TCP socket. They
// need CAP_BPF, CAP_PERFMON, Linux 6.2 and its BTF; loading takes 5 to 20 ms, a walk less than the kernel's
// own dump.
#pragma once

#include "sys/bpf/records.h"
#include "sys/function_ref.hpp"

#include <tcptable/error.hpp>

#include <cerrno>
#include <memory>
#include <span>

namespace tcptable::sys {

struct HeldSockets {
  std::span<const tcptable_process> processes;
  std::span<const tcptable_held> sockets;
};

/// Which descriptors one reader takes: every one, or one of `shares` parts of about the same size.
struct DescriptorWalk {
  std::uint32_t share = 0;
  std::uint32_t shares = 1;
  tcptable_identity identity = TCPTABLE_BY_SOCK;
};

/// `details` has as many as `rows`, of which only what was asked for is defined.
struct TableRows {
  std::span<const tcptable_row> rows;
  std::span<const tcptable_row_details> details;
};

/// A part of one of the TCP hash tables of the calling thread's network namespace.
struct TableWalk {
  tcptable_hash_table table = TCPTABLE_CONNECTIONS;
  std::uint32_t family = 0;  ///< AF_INET, AF_INET6, or 0 for both.
  std::uint32_t states = 0;  ///< Mask, bit n for state n.
  std::uint32_t flags = 0;   ///< TCPTABLE_WITH_...
  std::uint32_t begin = 0;   ///< The first bucket.
  std::uint32_t end = 0;     ///< One past the last.
};

/// The tables' programs take as long to load as the descriptors', and some have no need of them.
enum class Walks { of_descriptors, of_descriptors_and_tables };

/// Memory and descriptors that are short now may not be the next time.
inline bool is_shortage(const Error& error) {
  return error.code == Errc::no_memory || error.sys_errno == EMFILE || error.sys_errno == ENFILE;
}

/// Safe to use from several threads. What is handed to a sink is valid until it returns.
class SocketWalks {
 public:
  using HeldSink = FunctionRef<void(const HeldSockets&)>;
  using RowSink = FunctionRef<void(const TableRows&)>;

  virtual ~SocketWalks() = default;

  virtual bool has_loaded(Walks walks) const = 0;
  /// Whether what is loaded can still be run: a program may have closed every descriptor that it doesn't
  /// know, as daemons do. Where descriptors or memory are short at the moment, it counts as what can be run.
  virtual bool still_work() const = 0;
  /// Loads what is lacking; not from two threads at once. Errors: not_supported (by the kernel),
  /// not_permitted, no_memory.
  virtual Result<void> load(Walks walks) = 0;
  /// How many walks can run at once without one waiting for another.
  virtual unsigned most_at_once() const = 0;
  /// Every IPv4 and IPv6 socket's descriptor of every process in the caller's pid namespace. A process may be
  /// listed twice, and so may a descriptor. False when the kernel didn't show process 1, and so perhaps not
  /// others.
  virtual Result<bool> walk_descriptors(const DescriptorWalk& walk, const HeldSink& sink) = 0;
  /// How many buckets the table has.
  virtual Result<std::uint32_t> table_size(tcptable_hash_table table) = 0;
  /// Every socket that stays in the table is listed; one that changes its state meanwhile may be twice.
  virtual Result<void> walk_table(const TableWalk& walk, const RowSink& sink) = 0;
  /// How many rows walk_table would list.
  virtual Result<std::uint32_t> count_rows(const TableWalk& walk) = 0;
  /// How many half-open connections all listeners have: they are in the table of connections.
  virtual Result<std::uint32_t> count_requests() = 0;
  /// Fills `details` (socket and inode) of the sockets that `rows` tell of; a row's state becomes 0 where its
  /// socket has gone. Of a row, sock, hash, ports and state are looked at.
  virtual Result<void> look_again(std::span<tcptable_row> rows, std::span<tcptable_row_details> details) = 0;
  /// Gives up descriptors and mappings without waiting for anybody: what a forked child does with what it
  /// shares with its parent.
  virtual void abandon() noexcept = 0;
};

/// With nothing loaded yet. Error: not_supported, where the library is built without BPF.
Result<std::unique_ptr<SocketWalks>> make_socket_walks();

}  // namespace tcptable::sys
