// SPDX-License-Identifier: MIT
// Rows made up for the tests of pure functions.
#pragma once

#include <tcptable/socket_row.hpp>

#include <cstdint>
#include <string>

#include "support/sockets.hpp"

namespace tcptable::test {

struct Ends {
  Endpoint local;
  Endpoint remote;
};

inline Ends ends(const std::string& local, std::uint16_t local_port, const std::string& remote,
                 std::uint16_t remote_port) {
  return {endpoint(local, local_port), endpoint(remote, remote_port)};
}

inline SocketRow make_row(State state, const Ends& between, std::uint64_t cookie, std::uint32_t inode) {
  SocketRow row;
  row.state = state;
  row.local = between.local;
  row.remote = between.remote;
  row.cookie = cookie;
  row.inode = inode;
  return row;
}

inline SocketRow make_listener(const std::string& address, std::uint16_t port, std::uint32_t inode) {
  const Endpoint local = endpoint(address, port);
  return make_row(State::listen, {local, nowhere(local.family)}, inode, inode);
}

}  // namespace tcptable::test
