// SPDX-License-Identifier: MIT
#include "owner/unheld_sockets.hpp"

#include "model/row_rules.hpp"
#include "model/socket_key.hpp"

namespace tcptable::owner {
namespace {

// What looked like a connection that waits to be accepted was one that its process has closed since: the
// row's state is older than what `now` and its inode tell.
bool was_closed(const SocketRow& row, const tcptable_row& now) {
  SocketRow row_now = row;
  row_now.state = static_cast<State>(now.state);
  return model::waits_for_accept(row) && !model::waits_for_accept(row_now);
}

}  // namespace

void UnheldSockets::enter(const OwnedRows& owned) {
  rows_.clear();
  sockets_.clear();
  for (const std::uint32_t row : owned.open) {
    const RowKey& key = owned.row_keys[row];
    if (key.sock == 0) continue;
    tcptable_row socket{};
    socket.sock = key.sock;
    socket.hash = static_cast<std::uint32_t>(key.tag >> 32);
    socket.remote_port_be = static_cast<std::uint16_t>(key.tag >> 16);
    socket.local_port = static_cast<std::uint16_t>(key.tag);
    rows_.push_back(row);
    sockets_.push_back(socket);
  }
  details_.resize(sockets_.size());
}

Result<void> UnheldSockets::look(sys::SocketWalks& walks, const OwnedRows& owned) {
  enter(owned);
  if (rows_.empty()) return {};
  auto looked = walks.look_again(sockets_, details_);
  if (!looked) return looked;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    SocketRow& row = owned.rows[rows_[i]];
    if (sockets_[i].state != 0) row.inode = details_[i].inode;
    if (sockets_[i].state == 0 || was_closed(row, sockets_[i])) row.owner_status = OwnerStatus::exited;
  }
  return {};
}

void UnheldSockets::list_wanted(const OwnedRows& owned, WantedSockets& wanted) const {
  wanted.index.reset(rows_.size());
  wanted.number_of_open.assign(owned.open.size(), SocketIndex::kNone);
  std::size_t open = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    while (owned.open[open] != rows_[i]) ++open;  // both are in the table's order
    if (sockets_[i].state == 0 || details_[i].socket == 0) continue;
    const std::uint64_t key = model::socket_key(details_[i].socket, details_[i].inode);
    wanted.number_of_open[open] = wanted.index.insert(key, rows_[i]) ? rows_[i] : wanted.index.find(key);
  }
}

Result<void> UnheldSockets::mark_exited(sys::SocketWalks& walks, const OwnedRows& owned) {
  before_ = details_;
  auto looked = walks.look_again(sockets_, details_);
  if (!looked) return looked;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    SocketRow& row = owned.rows[rows_[i]];
    const bool same = sockets_[i].state != 0 && details_[i].socket == before_[i].socket &&
                      details_[i].inode == before_[i].inode;
    if (lacks_holder(row) && !same) row.owner_status = OwnerStatus::exited;
  }
  return {};
}

}  // namespace tcptable::owner
