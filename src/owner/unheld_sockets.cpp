// SPDX-License-Identifier: MIT
#include "owner/unheld_sockets.hpp"

#include <arpa/inet.h>

#include "model/socket_key.hpp"

namespace tcptable::owner {

void UnheldSockets::enter(const OwnedRows& owned) {
  for (std::uint32_t i = 0; i < owned.rows.size(); ++i) {
    const SocketRow& row = owned.rows[i];
    if (row.owner_status != OwnerStatus::not_requested || !owned.row_keys[i].is_full) continue;
    tcptable_row socket{};
    socket.sock = owned.row_keys[i].sock;
    socket.hash = owned.row_keys[i].hash;
    socket.local_port = row.local.port;
    socket.remote_port_be = htons(row.remote.port);
    rows_.push_back(i);
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
    row.inode = details_[i].inode;
    if (sockets_[i].state == 0) row.owner_status = OwnerStatus::exited;
  }
  return {};
}

WantedSockets UnheldSockets::wanted(std::size_t rows) const {
  WantedSockets wanted{SocketIndex(rows_.size()), std::vector(rows, SocketIndex::kNone)};
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (sockets_[i].state == 0 || details_[i].socket == 0) continue;
    wanted.number_of_row[rows_[i]] =
        wanted.index.insert(model::socket_key(details_[i].socket, details_[i].inode));
  }
  return wanted;
}

Result<void> UnheldSockets::mark_exited(sys::SocketWalks& walks, const OwnedRows& owned) {
  const auto before = details_;
  auto looked = walks.look_again(sockets_, details_);
  if (!looked) return looked;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    SocketRow& row = owned.rows[rows_[i]];
    const bool same = sockets_[i].state != 0 && details_[i].socket == before[i].socket &&
                      details_[i].inode == before[i].inode;
    if (lacks_holder(row) && !same) row.owner_status = OwnerStatus::exited;
  }
  return {};
}

}  // namespace tcptable::owner
