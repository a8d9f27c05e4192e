// SPDX-License-Identifier: MIT
#include "backend/bpf/row_record.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "model/row_index.hpp"
#include "model/row_rules.hpp"

namespace tcptable::backend {
namespace {

constexpr std::uint32_t kFree = UINT32_MAX;

std::size_t address_size(const tcptable_row& record) {
  return record.family == AF_INET ? 4 : 16;
}

Endpoint endpoint_from(const tcptable_row& record, const std::uint8_t (&address)[16], std::uint16_t port) {
  Endpoint endpoint;
  endpoint.family = record.family == AF_INET ? Family::ipv4 : Family::ipv6;
  std::memcpy(endpoint.address.data(), address, address_size(record));
  endpoint.port = port;
  if (model::is_link_local(endpoint)) endpoint.scope_id = record.interface;
  return endpoint;
}

// Several sockets may listen on one address and port.
bool is_connection(const tcptable_row& record) {
  return record.remote_port_be != 0;
}

std::uint64_t hash_of(const tcptable_row& record) {
  return model::mix(is_connection(record) ? record.hash : record.sock);
}

bool same_socket(const tcptable_row& a, const tcptable_row& b) {
  if (!is_connection(a) || !is_connection(b)) return a.sock == b.sock;
  return a.family == b.family && a.local_port == b.local_port && a.remote_port_be == b.remote_port_be &&
         a.interface == b.interface && std::memcmp(a.local_address, b.local_address, address_size(a)) == 0 &&
         std::memcmp(a.remote_address, b.remote_address, address_size(a)) == 0;
}

}  // namespace

SocketRow row_from_record(const tcptable_row& record, const tcptable_row_details& details,
                          const Query& query) {
  SocketRow row;
  row.local = endpoint_from(record, record.local_address, record.local_port);
  row.remote = endpoint_from(record, record.remote_address, ntohs(record.remote_port_be));
  row.cookie = record.cookie;
  row.interface = record.interface;
  row.state = static_cast<State>(record.state);
  if (record.is_mini != 0) return row;
  if (query.inodes) row.inode = details.inode;
  if (query.uids) row.uid = details.uid;  // known to the end, unlike what sock_diag tells
  if (query.queues) {
    row.receive_queue = details.receive_queue;
    row.send_queue = details.send_queue;
  }
  return row;
}

RowKey key_from_record(const tcptable_row& record) {
  if (record.is_mini != 0) return {};
  return {record.sock, tcptable_sock_tag(record.hash, record.remote_port_be, record.local_port)};
}

std::uint64_t cgroup_id_from_record(const tcptable_row& record, const tcptable_row_details& details) {
  return record.is_mini == 0 ? details.cgroup_id : 0;
}

void RepeatFilter::reset(std::size_t capacity) {
  slots_.assign(std::bit_ceil(capacity * 2 + 1), kFree);
}

bool RepeatFilter::passes(std::span<const tcptable_row> records, std::uint32_t at) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_of(records[at]) & mask;
  for (; slots_[slot] != kFree; slot = (slot + 1) & mask) {
    if (same_socket(records[slots_[slot]], records[at])) return false;
  }
  slots_[slot] = at;
  return true;
}

}  // namespace tcptable::backend
