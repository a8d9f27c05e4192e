// SPDX-License-Identifier: MIT
// What the tests of the functions on one connection share: rows that name it.
#pragma once

#include "win32/connection/held_sockets.hpp"
#include "win32/tables/table_test.hpp"

constexpr DWORD kLoopback4 = 0x0100007f;  // 127.0.0.1, as the tables have it

/// Windows' codes as the functions return them.
constexpr DWORD code(long number) {
  return static_cast<DWORD>(number);
}

inline MIB_TCPROW row_between(std::uint16_t local_port, std::uint16_t remote_port) {
  MIB_TCPROW row{};
  row.dwState = MIB_TCP_STATE_ESTAB;
  row.dwLocalAddr = row.dwRemoteAddr = kLoopback4;
  row.dwLocalPort = table_port(local_port);
  row.dwRemotePort = table_port(remote_port);
  return row;
}

inline MIB_TCPROW listener_row(const loopback::Socket& listener) {
  MIB_TCPROW row = row_between(listener.local_port(), 0);
  row.dwRemoteAddr = 0;
  return row;
}

/// Two ends of a connection over 127.0.0.1, and a row for each.
struct Pair {
  loopback::Socket listener = loopback::listen_on("127.0.0.1");
  loopback::Socket client = loopback::connect_to("127.0.0.1", listener.local_port());
  loopback::Socket server = loopback::accept_from(listener);
  MIB_TCPROW client_row = row_between(client.local_port(), listener.local_port());
  MIB_TCPROW server_row = row_between(listener.local_port(), client.local_port());
};
