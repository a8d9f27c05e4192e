// SPDX-License-Identifier: MIT
// Rows by NETLINK_SOCK_DIAG: one dump a table, repeated where the kernel's hash chains are so long that a
// dump under churn may skip rows.
#include <libmnl/libmnl.h>

#include <atomic>

#include "backend/backend.hpp"
#include "backend/bound_sockets.hpp"
#include "backend/sock_diag/diag_message.hpp"
#include "backend/tables.hpp"
#include "backend/tcp_buckets.hpp"
#include "model/row_merge.hpp"
#include "sys/netlink_dump.hpp"

namespace tcptable::backend {
namespace {

constexpr int kAttempts = 4;
constexpr std::uint32_t kEveryUdpState = 0xffff'ffff;

class RowSink final : public sys::MessageSink {
 public:
  RowSink(Protocol protocol, std::vector<SocketRow>& rows) : protocol_(protocol), rows_(rows) {}

  Result<void> message(const nlmsghdr& header) override {
    const auto* payload = static_cast<const std::byte*>(mnl_nlmsg_get_payload(&header));
    auto row = parse_diag_message({payload, mnl_nlmsg_get_payload_len(&header)}, protocol_);
    if (!row) return tl::unexpected(row.error());
    rows_.push_back(*row);
    return {};
  }

 private:
  Protocol protocol_;
  std::vector<SocketRow>& rows_;
};

std::uint32_t mask_of(const Query& query, Protocol protocol) {
  return protocol == Protocol::tcp ? query.states.mask() : kEveryUdpState;
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
    const DiagRequest request = make_dump_request({protocol, Family::ipv4}, 0, false);
    RowSink sink(protocol, none);
    auto answered = dump.run(std::as_bytes(std::span(&request, 1)), sink);
    if (!answered) return answered;
  }
  return {};
}

Result<void> dump_table(sys::NetlinkDump& dump, const Query& query, Table table, CollectMemory& memory,
                        std::vector<SocketRow>& rows) {
  const bool with_tcp_info = query.ages && table.protocol == Protocol::tcp;
  const DiagRequest request = make_dump_request(table, mask_of(query, table.protocol), with_tcp_info);
  // Rows copied and pages touched again as a vector grows are a tenth of a large dump: the last size is a
  // good guess.
  static std::atomic<std::size_t> last_size{0};
  Error last;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    rows.clear();
    rows.reserve(last_size + last_size / 8);
    RowSink sink(table.protocol, rows);
    auto done = dump.run(std::as_bytes(std::span(&request, 1)), sink);
    if (done) {
      last_size = rows.size();
      model::drop_repeated(rows, memory.slots[0]);
      return {};
    }
    last = done.error();
    if (last.code != Errc::interrupted_dump) break;
  }
  return tl::unexpected(last);
}

Result<void> collect(sys::Kernel& kernel, const Query& query, RowTable& table) {
  CollectMemory& memory = table.memory;
  sys::NetlinkDump dump(kernel, NETLINK_SOCK_DIAG, memory.datagram);
  table.rows.clear();
  table.keys.clear();
  table.complete = true;
  const auto collect_one = [&](Table wanted) -> Result<void> {
    auto dumped = dump_table(dump, query, wanted, memory, memory.pass);
    if (!dumped) return dumped;
    if (wanted.protocol == Protocol::tcp && one_pass_may_skip(kernel, memory.pass.size())) {
      std::vector<SocketRow> again;
      dumped = dump_table(dump, query, wanted, memory, again);
      if (!dumped) return dumped;
      memory.pass = model::merge_passes(std::move(memory.pass), again);
    }
    append(table.rows, memory.pass);
    return {};
  };
  return for_each_table(query, collect_one);
}

}  // namespace

const Backend kSockDiag{"sock_diag", probe, collect, nullptr};

}  // namespace tcptable::backend
