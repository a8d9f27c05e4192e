// SPDX-License-Identifier: MIT
#include "model/row_rules.hpp"

namespace tcptable::model {

std::optional<std::uint32_t> known_uid(State state, std::uint32_t inode, std::uint32_t uid) {
  if (state == State::time_wait || (inode == 0 && uid == 0)) return std::nullopt;
  return uid;
}

bool is_link_local(const Endpoint& endpoint) {
  return endpoint.family == Family::ipv6 && endpoint.address[0] == 0xfe &&
         (endpoint.address[1] & 0xc0) == 0x80;
}

bool waits_for_accept(const SocketRow& row) {
  return row.protocol == Protocol::tcp && row.inode == 0 &&
         (row.state == State::established || row.state == State::close_wait || row.state == State::syn_recv);
}

std::optional<OwnerStatus> ownerless_status(const SocketRow& row) {
  if (row.inode != 0 || waits_for_accept(row)) return std::nullopt;
  // A FIN_WAIT2 that the kernel keeps as a mini-socket looks like an orphan's: nobody holds either.
  return row.state == State::time_wait ? OwnerStatus::time_wait : OwnerStatus::orphaned;
}

}  // namespace tcptable::model
