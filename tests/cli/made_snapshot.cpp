// SPDX-License-Identifier: MIT
// Rows, holders and processes, put together as take_snapshot does.
#include "cli/made_snapshot.hpp"

#include <algorithm>

#include "support/sockets.hpp"

namespace tcptable::test {

MadeSnapshot::MadeSnapshot() {
  parts_.backend = "sock_diag";
}

SocketRow& MadeSnapshot::add(SocketRow row, const std::vector<std::string>& holders) {
  row.owner_status = OwnerStatus::known;
  row.first_holder = static_cast<std::uint32_t>(parts_.holders.size());
  row.holder_count = static_cast<std::uint32_t>(holders.size());
  for (const std::string& name : holders) parts_.holders.push_back(process_named(name));
  row.uid = 0;
  row.inode = 5000 + static_cast<std::uint32_t>(parts_.rows.size());
  row.cookie = 0x20'0000'0000'0001 + parts_.rows.size();  // above 2^53
  return parts_.rows.emplace_back(row);
}

SocketRow& MadeSnapshot::add_ownerless(SocketRow row, OwnerStatus status) {
  row.owner_status = status;
  return parts_.rows.emplace_back(row);
}

std::uint32_t MadeSnapshot::process_named(const std::string& name) {
  auto& processes = parts_.processes;
  const auto found = std::find_if(processes.begin(), processes.end(),
                                  [&](const Process& process) { return process.name == name; });
  const auto index = static_cast<std::uint32_t>(found - processes.begin());
  if (found == processes.end())
    processes.push_back({static_cast<std::int32_t>(100 + index), 7000 + index, name});
  return index;
}

SocketRow listener(const std::string& address, std::uint16_t port) {
  SocketRow row;
  row.local = endpoint(address, port);
  row.remote.family = row.local.family;
  row.state = State::listen;
  return row;
}

SocketRow connection(const Endpoint& local, const Endpoint& remote, State state) {
  SocketRow row;
  row.local = local;
  row.remote = remote;
  row.state = state;
  return row;
}

SocketRow datagram_socket(const std::string& address, std::uint16_t port) {
  SocketRow row = listener(address, port);
  row.protocol = Protocol::udp;
  row.state = State::close;
  return row;
}

MadeSnapshot varied_snapshot() {
  MadeSnapshot made;
  made.add(connection(endpoint("192.0.2.1", 22), endpoint("198.51.100.200", 65535)), {"sshd"});
  made.add(listener("::", 443), {"nginx", "nginx: worker"});
  made.add(listener("0.0.0.0", 443), {"\xe4\xb8\x96\xe7\x95\x8c"});
  made.add(listener("127.0.0.1", 53), {"\x1b[2J\r\n\x07 root "});
  made.add(connection(endpoint("fe80::1234:5678:9abc:def0", 8080, 4),
                      endpoint("2001:db8:1234:5678:9abc:def0:1234:5678", 50000), State::close_wait),
           {"\xc3\x28\xe2\x80\xae"})
      .uid = kNobodysId;
  made.add_ownerless(connection(endpoint("192.0.2.1", 22), endpoint("198.51.100.2", 4000), State::time_wait),
                     OwnerStatus::time_wait);
  made.add_ownerless(listener("127.0.0.1", 631), OwnerStatus::not_permitted).uid = 0;
  return made;
}

std::vector<const SocketRow*> all_rows(const Snapshot& snapshot) {
  std::vector<const SocketRow*> rows;
  for (const SocketRow& row : snapshot.rows()) rows.push_back(&row);
  return rows;
}

}  // namespace tcptable::test
