// SPDX-License-Identifier: MIT
// The table at one moment, and how far it can be believed.
#pragma once

#include <tcptable/error.hpp>
#include <tcptable/query.hpp>
#include <tcptable/socket_row.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace tcptable {

/// What is known to be missing from a snapshot.
struct Completeness {
  /// False when rows may have been skipped: the procfs backend under churn, with more sockets than hash
  /// buckets.
  bool rows = true;
  /// False when an owner is missing that a caller with more privilege, or in another pid namespace, would
  /// see.
  bool owners = true;
  /// Processes whose descriptors could not be read for lack of permission.
  std::uint32_t unreadable_processes = 0;
};

/// What the bpf backend tells a row's socket by, until its owner has been found.
struct RowKey {
  /// The kernel's address of its struct sock, never for printing; 0 for TIME_WAIT and request sockets, which
  /// no process can hold.
  std::uint64_t sock = 0;
  /// Its ports and the kernel's hash of its endpoints: an address is soon used anew.
  std::uint64_t tag = 0;
};

/// Rows, processes and the links between them. Movable; pointers and spans into it live as long as it does.
class TCPTABLE_API Snapshot {
 public:
  /// Everything a snapshot is made of; filled by take_snapshot.
  struct Parts {
    std::string_view backend;  ///< A string that lives as long as the program.
    Query query;               ///< What was asked for.
    std::chrono::system_clock::time_point rows_read_at;
    std::vector<SocketRow> rows;
    std::vector<Process> processes;
    std::vector<std::uint32_t> holders;  ///< Indices into processes, the owner first within each row's run.
    std::vector<RowKey> row_keys;        ///< Of the bpf backend alone: one for each row.
    std::string_view owner_source;       ///< As owner_source() says.
    bool bpf_allowed = true;             ///< False where another backend was forced.
    Completeness completeness;
  };

  explicit Snapshot(Parts parts) : parts_(std::move(parts)) {}
  /// Takes it apart again, so that its memory can serve another.
  Parts into_parts() && { return std::move(parts_); }

  /// In the order retrieved; each socket once.
  std::span<const SocketRow> rows() const& { return parts_.rows; }
  void rows() && = delete;  // would outlive the snapshot
  /// "bpf", "sock_diag" or "procfs": where the rows came from.
  std::string_view backend_name() const { return parts_.backend; }
  /// "bpf" or "proc": how the owners were found; empty where they were not looked for.
  std::string_view owner_source() const { return parts_.owner_source; }
  const Completeness& completeness() const { return parts_.completeness; }
  /// The moment just after the rows were read: each of them existed at or before it.
  std::chrono::system_clock::time_point rows_read_at() const { return parts_.rows_read_at; }

  /// Finds the owners now, for a snapshot that was taken without. On error the snapshot has no owners.
  Result<void> find_owners();

  /// The process that the socket is blamed on, or nullptr; SocketRow::owner_status says why.
  /// Of several holders it is the oldest, and not the service manager where another holds it too.
  const Process* owner(const SocketRow& row) const;

  /// Indices (for process()) of all processes that hold the socket, the owner first. A connection
  /// that waits to be accepted has its listener's holders.
  std::span<const std::uint32_t> holders(const SocketRow& row) const;
  const Process& process(std::uint32_t index) const { return parts_.processes[index]; }

  /// How many rows have each OwnerStatus, indexed by it.
  std::array<std::uint32_t, kOwnerStatusCount> count_by_owner_status() const;

 private:
  Parts parts_;
};

/// Takes the table of the calling thread's network namespace. Safe to call from several threads.
/// Works for any user; owners of other users' sockets need CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH, or CAP_BPF
/// and CAP_PERFMON, with which BPF programs read the kernel's tables where that is worth loading them. The
/// environment variable TCPTABLE_BACKEND (bpf, sock_diag, procfs) forces a backend; a name that is unknown or
/// can't answer is an error. Errors: see Errc.
TCPTABLE_API Result<Snapshot> take_snapshot(const Query& query);

/// How many rows take_snapshot would give, at less cost where a backend can count. Errors: see Errc.
TCPTABLE_API Result<std::size_t> count_sockets(const Query& query);

}  // namespace tcptable
