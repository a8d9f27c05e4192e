// SPDX-License-Identifier: MIT
// The table at one moment, and how far it can be believed.
#pragma once

#include <tcptable/cgroup.hpp>
#include <tcptable/error.hpp>
#include <tcptable/network_namespace.hpp>
#include <tcptable/query.hpp>
#include <tcptable/socket_memory.hpp>
#include <tcptable/socket_row.hpp>
#include <tcptable/tcp_info.hpp>

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
  /// False when rows may have been skipped: in a table of the procfs backend's where sockets came or went, or
  /// are more than hash buckets; in one of sock_diag's where they are more and came all the while that it was
  /// read.
  bool rows = true;
  /// False when an owner is missing that a caller with more privilege, or in another pid namespace, would
  /// see.
  bool owners = true;
  /// False when Query::cgroups was wanted and a socket has a control group that could not be named: it was
  /// removed, lies outside the caller's cgroup namespace, or no cgroup v2 hierarchy is mounted.
  bool cgroups = true;
  /// With Namespaces::all: namespaces that are known to be there, and could not be entered.
  std::uint32_t namespaces_not_entered = 0;
  /// With Namespaces::all: processes whose namespace could not be read for lack of permission. What these
  /// alone keep is missing.
  std::uint32_t processes_of_unknown_namespace = 0;
  /// Processes whose descriptors may not be read; at least 1 where /proc hides some (hidepid) or is absent.
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

/// What a query may want beyond the rows. An array `..._of_row` has one element for each row, or is empty.
struct RowDetails {
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::vector<std::uint32_t> namespace_of_row;  ///< Index into the network namespaces.
  std::vector<std::uint64_t> cgroup_id_of_row;  ///< INET_DIAG_CGROUP_ID; 0: the kernel gives none.
  std::vector<std::uint32_t> tcp_info_of_row;   ///< Index into tcp_infos, or kNone.
  std::vector<TcpInfo> tcp_infos;
  std::vector<std::uint32_t> memory_of_row;  ///< Index into memories, or kNone.
  std::vector<SocketMemory> memories;
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
    RowDetails details;
    std::vector<NetworkNamespace> namespaces;  ///< With Namespaces::all: the caller's first.
    std::vector<SocketCgroup> cgroups;         ///< Each once.
    std::vector<std::uint32_t> cgroup_of_row;  ///< Index into cgroups, or RowDetails::kNone.
    std::string_view owner_source;             ///< As owner_source() says.
    bool bpf_allowed = true;                   ///< False where another backend was forced.
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
  /// Of several holders it is the oldest, and not the service manager where another holds it too. Where
  /// owner_source() is "proc", a process that has the socket only in a thread's own descriptor table is a
  /// holder only where no other is found, and one that has but opened its path (O_PATH) is one, too.
  const Process* owner(const SocketRow& row) const;

  /// Indices (for process()) of all processes that hold the socket, the owner first. A connection
  /// that waits to be accepted has its listener's holders: that is inferred from its address, and wrong where
  /// TPROXY or a BPF program (sk_lookup) gives it to a listener on another port while one listens on its own.
  std::span<const std::uint32_t> holders(const SocketRow& row) const;
  const Process& process(std::uint32_t index) const { return parts_.processes[index]; }

  /// With Query::cgroups: the control group of `row`, which must be one of rows(), no copy. nullptr: the
  /// kernel keeps none for it (time_wait, syn_recv), or it could not be named (Completeness::cgroups).
  ///
  /// Where cgroup v2 is all there is, what the kernel notes for the socket comes first, and the owner's group
  /// where that says nothing. Where systemd still has a hierarchy of its own (cgroup v1), the owner's group
  /// comes first: there a container engine may leave its containers' processes in its own cgroup v2 group.
  const SocketCgroup* cgroup(const SocketRow& row) const;

  /// With Query::tcp_info: what the kernel counts for `row`, which must be one of rows(), no copy. nullptr
  /// for UDP, syn_recv and time_wait, and where sock_diag is not to be had.
  const TcpInfo* tcp_info(const SocketRow& row) const;

  /// With Query::memory: the buffers of `row`, which must be one of rows(), no copy. nullptr for syn_recv and
  /// time_wait, and where sock_diag is not to be had.
  const SocketMemory* memory(const SocketRow& row) const;

  /// With Namespaces::all: each that was found, the caller's first, also those without a socket and those
  /// that could not be entered. Else empty.
  std::span<const NetworkNamespace> network_namespaces() const& { return parts_.namespaces; }
  void network_namespaces() && = delete;  // would outlive the snapshot

  /// With Namespaces::all: that of `row`, which must be one of rows(), no copy. Else nullptr: the caller's.
  const NetworkNamespace* network_namespace(const SocketRow& row) const;

  /// Begins to fetch what holders(), owner() and cgroup() of `row`, which must be one of rows(), are about to
  /// read: for those who go through many rows in an order of their own. The row itself must be near the
  /// processor already. No effect but on time.
  void prefetch(const SocketRow& row) const noexcept;

  /// How many rows have each OwnerStatus, indexed by it.
  std::array<std::uint32_t, kOwnerStatusCount> count_by_owner_status() const;

 private:
  template <typename Value>
  const Value* value_of(const SocketRow& row, const std::vector<std::uint32_t>& index_of_row,
                        const std::vector<Value>& values) const;

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
