// SPDX-License-Identifier: MIT
// Rows by the text tables of /proc/net, where sock_diag is not to be had: no cookies, no interface, no limit
// of a listener's queue, and a cost that is several times sock_diag's.
#include <fcntl.h>

#include <algorithm>
#include <optional>

#include "backend/backend.hpp"
#include "backend/bound_sockets.hpp"
#include "backend/procfs/net_table.hpp"
#include "backend/tables.hpp"
#include "backend/tcp_pass.hpp"
#include "model/row_merge.hpp"
#include "sys/file.hpp"

namespace tcptable::backend {
namespace {

const char* path_of(Table table) {
  if (table.protocol == Protocol::tcp) return table.family == Family::ipv4 ? "tcp" : "tcp6";
  return table.family == Family::ipv4 ? "udp" : "udp6";
}

// The thread's own namespace: /proc/net is the process's, and a thread may have moved.
Result<sys::UniqueFd> open_net(sys::Kernel& kernel) {
  return sys::open_at(kernel, {AT_FDCWD, "/proc/thread-self/net"}, O_DIRECTORY | O_PATH,
                      Step::read_net_table);
}

Result<void> probe(sys::Kernel& kernel, const Query& query, bool) {
  if (asks_for_bound_sockets(query)) {
    return tl::unexpected(Error{Errc::not_supported, Step::read_net_table, 0});  // in none of the files
  }
  auto directory = open_net(kernel);
  if (!directory) return tl::unexpected(directory.error());
  auto opened = sys::open_at(kernel, {directory->get(), "tcp"}, 0, Step::read_net_table);
  if (!opened) return tl::unexpected(opened.error());
  return {};
}

bool is_wanted(const Query& query, const SocketRow& row) {
  const bool in_state = row.protocol == Protocol::udp || query.states.contains(row.state);
  return in_state && matches(query.filter, row);
}

// The kernel gives these files by the page (seq_read_iter, fs/seq_file.c), of which the smallest has this
// size.
bool came_in_one_go(const std::string& text) {
  constexpr std::size_t kPage = 4096;
  return text.size() < kPage;
}

bool is_half_open(const SocketRow& row) {
  return row.state == State::syn_recv;
}

// A kernel without IPv6 has no tcp6: no such sockets, not an error.
bool is_absent_family(Table table, const Error& error) {
  return table.family == Family::ipv6 && error.code == Errc::not_supported;
}

Result<void> collect(sys::Kernel& kernel, const Query& query, RowTable& table) {
  auto directory = open_net(kernel);
  if (!directory) return tl::unexpected(directory.error());
  clear(table);
  return for_each_table(query, [&](Table wanted) -> Result<void> {
    const bool is_tcp = wanted.protocol == Protocol::tcp;
    const auto watch = is_tcp ? std::optional<TcpPass>(kernel) : std::nullopt;
    auto text = sys::read_whole(kernel, {directory->get(), path_of(wanted)}, Step::read_net_table);
    if (!text && is_absent_family(wanted, text.error())) return {};
    if (!text) return tl::unexpected(text.error());
    auto rows = parse_net_table(*text, wanted);
    if (!rows) return tl::unexpected(rows.error());
    const PassTally tally{came_in_one_go(*text), rows->size(),
                          std::any_of(rows->begin(), rows->end(), is_half_open)};
    std::erase_if(*rows, [&](const SocketRow& row) { return !is_wanted(query, row); });
    if (wanted.family == Family::ipv6) {
      auto interfaces = sys::read_whole(kernel, {directory->get(), "if_inet6"}, Step::read_net_table);
      if (!interfaces && !is_absent_family(wanted, interfaces.error()))
        return tl::unexpected(interfaces.error());
      if (interfaces) set_scope_ids(*rows, parse_if_inet6(*interfaces));
    }
    model::drop_repeated(*rows);
    if (watch && watch->judge(tally) != PassTrust::whole) table.complete = false;
    append(table.rows, *rows);
    return {};
  });
}

}  // namespace

const Backend kProcfs{"procfs", probe, collect, nullptr};

}  // namespace tcptable::backend
