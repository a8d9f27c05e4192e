// SPDX-License-Identifier: MIT
// Rows by NETLINK_SOCK_DIAG: one dump a table, repeated where the kernel's hash chains are so long that a
// dump under churn may skip rows.
#include <libmnl/libmnl.h>

#include <algorithm>
#include <atomic>
#include <optional>

#include "backend/backend.hpp"
#include "backend/bound_sockets.hpp"
#include "backend/sock_diag/diag_message.hpp"
#include "backend/sock_diag/dumped_details.hpp"
#include "backend/sock_diag/socket_count.hpp"
#include "backend/tables.hpp"
#include "backend/tcp_pass.hpp"
#include "model/row_merge.hpp"
#include "sys/bpf/worth_loading.hpp"
#include "sys/netlink_dump.hpp"

namespace tcptable::backend {
namespace {

constexpr int kAttempts = 4;
constexpr int kMostPasses = 4;
constexpr std::uint32_t kEveryUdpState = 0xffff'ffff;

std::span<const std::byte> payload_of(const nlmsghdr& header) {
  return {static_cast<const std::byte*>(mnl_nlmsg_get_payload(&header)), mnl_nlmsg_get_payload_len(&header)};
}

// The kernel lets go of a bucket before it describes what it found there. A socket of TCP that is closed
// meanwhile has no port any more, or a state that nobody asked for: it is gone, and such a row never was.
bool was_closed_meanwhile(const Query& query, const SocketRow& row) {
  if (row.protocol != Protocol::tcp) return false;
  if (row.state == State::bound && row.remote.port != 0) return true;
  return row.local.port == 0 || !query.states.contains(row.state);
}

class RowSink : public sys::MessageSink {
 public:
  RowSink(const Query& query, Protocol protocol, std::vector<SocketRow>& rows)
      : query_(query), protocol_(protocol), rows_(rows) {}

  Result<void> message(const nlmsghdr& header) override {
    auto row = parse_diag_message(payload_of(header), protocol_);
    if (!row) return tl::unexpected(row.error());
    if (keeps(*row)) rows_.push_back(*row);
    return {};
  }

  bool saw_half_open() const { return saw_half_open_; }

 protected:
  bool keeps(const SocketRow& row) {
    saw_half_open_ = saw_half_open_ || row.state == State::syn_recv;
    return !was_closed_meanwhile(query_, row);
  }

  const Query& query_;
  Protocol protocol_;
  std::vector<SocketRow>& rows_;

 private:
  bool saw_half_open_ = false;
};

// Takes what the messages tell beyond the rows, too.
class DetailsSink final : public RowSink {
 public:
  DetailsSink(const Query& query, Protocol protocol, std::vector<SocketRow>& rows, DumpedDetails& details)
      : RowSink(query, protocol, rows), details_(details) {}

  Result<void> message(const nlmsghdr& header) override {
    auto parsed = parse_diag_details(payload_of(header), protocol_);
    if (!parsed) return tl::unexpected(parsed.error());
    if (!keeps(parsed->row)) return {};
    details_.add(*parsed);
    rows_.push_back(parsed->row);
    return {};
  }

 private:
  DumpedDetails& details_;
};

// Half-open connections are asked for with the others of their table, wanted or not: that one timed out under
// a pass is told by nothing else. Listeners and bound sockets have tables of their own.
std::uint32_t mask_of(const Query& query, Protocol protocol) {
  if (protocol != Protocol::tcp) return kEveryUdpState;
  const bool connections = !query.states.without(State::listen).without(State::bound).empty();
  return connections ? query.states.with(State::syn_recv).mask() : query.states.mask();
}

// A table with no rows but TCP's fewest states costs the kernel nothing to "dump": it says whether the module
// is there.
Result<void> probe(sys::Kernel& kernel, const Query& query, bool) {
  if (asks_for_bound_sockets(query)) {
    if (auto able = check_bound_sockets(kernel); !able) return able;
  }
  sys::NetlinkDump dump(kernel, NETLINK_SOCK_DIAG);
  std::vector<SocketRow> none;
  for (const Protocol protocol : {Protocol::tcp, Protocol::udp}) {
    if (!(protocol == Protocol::tcp ? query.tcp : query.udp)) continue;
    const DiagRequest request = make_dump_request({protocol, Family::ipv4}, 0, kNothingMore);
    RowSink sink(query, protocol, none);
    auto answered = dump.run(std::as_bytes(std::span(&request, 1)), sink);
    if (!answered) return answered;
  }
  return {};
}

std::uint8_t extensions_for(const Query& query, Protocol protocol) {
  const std::uint8_t memory = query.memory ? kMemory : kNothingMore;
  if (protocol != Protocol::tcp) return memory;
  if (query.tcp_info) return kAllOfTcpInfo | memory;
  return memory | (query.ages ? kCounters : kNothingMore);
}

bool wants_details(const Query& query) {
  return query.cgroups || query.tcp_info || query.memory;
}

// What one dump lists; without a family, TCP's sockets of both.
struct Dumped {
  Protocol protocol;
  std::optional<Family> family;
};

template <typename Collect>
Result<void> for_each_dump(const Query& query, const Collect& collect) {
  Query rest = query;
  if (query.tcp && query.ipv4 && query.ipv6) {
    if (auto collected = collect(Dumped{Protocol::tcp, std::nullopt}); !collected) return collected;
    rest.tcp = false;
  }
  return for_each_table(rest, [&](Table table) { return collect(Dumped{table.protocol, table.family}); });
}

// Dumps tables on behalf of one query.
class TableDumper {
 public:
  TableDumper(sys::Kernel& kernel, const Query& query, CollectMemory& memory)
      : query_(query), memory_(memory), dump_(kernel, NETLINK_SOCK_DIAG, memory.datagram), details_(query) {}

  /// Fills `rows`, each socket once.
  Result<void> dump(const Dumped& wanted, std::vector<SocketRow>& rows) {
    const std::uint32_t states = mask_of(query_, wanted.protocol);
    const std::uint8_t extensions = extensions_for(query_, wanted.protocol);
    if (!wanted.family) return dump_by(make_tcp_dump_request(states, extensions), wanted.protocol, rows);
    return dump_by(make_dump_request({wanted.protocol, *wanted.family}, states, extensions), wanted.protocol,
                   rows);
  }

  /// In the last dump.
  bool saw_half_open() const { return saw_half_open_; }
  bool came_in_one_go() const { return dump_.came_in_one_go(); }
  DumpedDetails& details() { return details_; }

 private:
  template <typename Request>
  Result<void> dump_by(const Request& request, Protocol protocol, std::vector<SocketRow>& rows) {
    const auto plain = std::as_bytes(std::span(&request, 1));
    if (query_.filter.empty()) return dump_whole(plain, protocol, rows);
    return dump_whole(with_filter(plain, query_.filter), protocol, rows);
  }

  Result<void> dump_whole(std::span<const std::byte> message, Protocol protocol,
                          std::vector<SocketRow>& rows) {
    Result<void> done;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      done = dump_once(message, protocol, rows);
      if (done) model::drop_repeated(rows, memory_.slots[0]);
      if (done || done.error().code != Errc::interrupted_dump) break;
    }
    return done;
  }

  Result<void> dump_once(std::span<const std::byte> request, Protocol protocol,
                         std::vector<SocketRow>& rows) {
    // Rows copied and pages touched again as a vector grows are a tenth of a large dump: the last size is a
    // good guess.
    static std::atomic<std::size_t> last_size{0};
    rows.clear();
    if (query_.filter.empty()) rows.reserve(last_size + last_size / 8);
    auto done = run(request, protocol, rows);
    if (done && query_.filter.empty()) last_size = rows.size();
    return done;
  }

  Result<void> run(std::span<const std::byte> request, Protocol protocol, std::vector<SocketRow>& rows) {
    if (wants_details(query_)) return run_into(DetailsSink(query_, protocol, rows, details_), request);
    return run_into(RowSink(query_, protocol, rows), request);
  }

  template <typename Sink>
  Result<void> run_into(Sink sink, std::span<const std::byte> request) {
    auto done = dump_.run(request, sink);
    saw_half_open_ = sink.saw_half_open();
    return done;
  }

  const Query& query_;
  CollectMemory& memory_;
  sys::NetlinkDump dump_;
  DumpedDetails details_;
  bool saw_half_open_ = false;
};

// How many sockets the kernel went by to give `rows`.
std::size_t table_size(sys::Kernel& kernel, const Query& query, std::size_t rows) {
  const bool gives_all = query.filter.empty() && query.states.mask() == StateSet::all().mask();
  return gives_all ? rows : std::max<std::size_t>(rows, sys::sockets_in_use(kernel));
}

// Joins `rows` with further dumps: where chains are short with one, else until one adds no socket. False
// where none did that. See docs/decisions/0002-two-passes.md.
Result<bool> add_passes(TableDumper& dumper, const Dumped& wanted, PassTrust trust,
                        std::vector<SocketRow>& rows) {
  std::vector<SocketRow> again;
  for (int pass = 1; pass < kMostPasses; ++pass) {
    if (auto dumped = dumper.dump(wanted, again); !dumped) return tl::unexpected(dumped.error());
    auto [merged, added] = model::merge_passes(std::move(rows), again);
    rows = std::move(merged);
    if (added == 0 || trust == PassTrust::moved) return true;
  }
  return false;
}

Result<void> collect(sys::Kernel& kernel, const Query& query, RowTable& table) {
  CollectMemory& memory = table.memory;
  TableDumper dumper(kernel, query, memory);
  clear(table);
  const auto collect_one = [&](const Dumped& wanted) -> Result<void> {
    const bool is_tcp = wanted.protocol == Protocol::tcp;
    const auto watch = is_tcp ? std::optional<TcpPass>(kernel) : std::nullopt;
    auto dumped = dumper.dump(wanted, memory.pass);
    if (!dumped) return dumped;
    const std::size_t rows = memory.pass.size();
    const PassTally tally{dumper.came_in_one_go(), table_size(kernel, query, rows), dumper.saw_half_open()};
    const PassTrust trust = watch ? watch->judge(tally) : PassTrust::whole;
    if (trust != PassTrust::whole) {
      auto complete = add_passes(dumper, wanted, trust, memory.pass);
      if (!complete) return tl::unexpected(complete.error());
      table.complete = table.complete && *complete;
    }
    append(table.rows, memory.pass);
    return {};
  };
  auto collected = for_each_dump(query, collect_one);
  if (collected && wants_details(query)) std::move(dumper.details()).move_to(table);
  return collected;
}

// The size of a table of TCP that has its established sockets; any other is listed for it.
Result<std::size_t> count(sys::Kernel& kernel, const Query& query) {
  const bool can_subtract =
      !query.udp && query.states.contains(State::established) && !query.states.contains(State::bound);
  std::size_t total = 0;
  const auto add = [&](Table table) -> Result<void> {
    auto sockets = count_tcp_sockets(kernel, table.family, query.states);
    if (!sockets) return tl::unexpected(sockets.error());
    total += *sockets;
    return {};
  };
  if (can_subtract && for_each_table(query, add)) return total;
  RowTable table;
  if (auto collected = collect(kernel, query, table); !collected) return tl::unexpected(collected.error());
  return table.rows.size();
}

}  // namespace

const Backend kSockDiag{"sock_diag", probe, collect, count};

}  // namespace tcptable::backend
