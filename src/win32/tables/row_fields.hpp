// SPDX-License-Identifier: MIT
// From our row to each Windows row structure. One overload of fill_row a structure: what differs is only
// which members it has and how they are called.
#pragma once

#include <iphlpapi.h>

#include <tcptable/socket_row.hpp>

#include <cstring>

#include "win32/tables/creation_time.hpp"

namespace tcptable::win32 {

/// All that a Windows row can tell.
struct RowFacts {
  const SocketRow& row;
  DWORD owner = 0;  ///< 0: none, or not known
  FileTime created = 0;
  ULONGLONG module_tag = 0;  ///< OwningModuleInfo[0]
};

/// The MIB-II number of a state (RFC 4022, and MIB_TCP_STATE).
inline DWORD mib_state(State state) {
  switch (state) {
    case State::established:
      return MIB_TCP_STATE_ESTAB;
    case State::syn_sent:
      return MIB_TCP_STATE_SYN_SENT;
    case State::syn_recv:
      return MIB_TCP_STATE_SYN_RCVD;
    case State::fin_wait1:
      return MIB_TCP_STATE_FIN_WAIT1;
    case State::fin_wait2:
      return MIB_TCP_STATE_FIN_WAIT2;
    case State::time_wait:
      return MIB_TCP_STATE_TIME_WAIT;
    case State::close:
      return MIB_TCP_STATE_CLOSED;
    case State::close_wait:
      return MIB_TCP_STATE_CLOSE_WAIT;
    case State::last_ack:
      return MIB_TCP_STATE_LAST_ACK;
    case State::listen:
      return MIB_TCP_STATE_LISTEN;
    case State::closing:
      return MIB_TCP_STATE_CLOSING;
    case State::bound:
      return MIB_TCP_STATE_RESERVED;
  }
  return MIB_TCP_STATE_CLOSED;
}

inline DWORD address4(const Endpoint& endpoint) {
  DWORD address = 0;
  std::memcpy(&address, endpoint.address.data(), sizeof address);
  return address;
}

/// Network byte order in the low 16 bits, the upper 16 always zero.
inline DWORD port_of(const Endpoint& endpoint) {
  return static_cast<DWORD>(static_cast<std::uint16_t>(endpoint.port << 8 | endpoint.port >> 8));
}

template <typename Address>
void copy_address6(Address& to, const Endpoint& from) {
  static_assert(sizeof to == 16);
  std::memcpy(&to, from.address.data(), sizeof to);
}

template <typename Row>
void fill_tcp4(Row& to, const SocketRow& row) {
  to.dwState = mib_state(row.state);
  to.dwLocalAddr = address4(row.local);
  to.dwLocalPort = port_of(row.local);
  to.dwRemoteAddr = address4(row.remote);
  to.dwRemotePort = port_of(row.remote);
}

template <typename Row>
void fill_tcp6_scopes_and_ports(Row& to, const SocketRow& row) {
  to.dwLocalScopeId = row.local.scope_id;
  to.dwLocalPort = port_of(row.local);
  to.dwRemoteScopeId = row.remote.scope_id;
  to.dwRemotePort = port_of(row.remote);
}

template <typename Row>
void fill_tcp6(Row& to, const SocketRow& row) {
  copy_address6(to.LocalAddr, row.local);
  copy_address6(to.RemoteAddr, row.remote);
  fill_tcp6_scopes_and_ports(to, row);
  to.State = static_cast<MIB_TCP_STATE>(mib_state(row.state));
}

template <typename Row>
void fill_tcp6_owned(Row& to, const RowFacts& facts) {
  copy_address6(to.ucLocalAddr, facts.row.local);
  copy_address6(to.ucRemoteAddr, facts.row.remote);
  fill_tcp6_scopes_and_ports(to, facts.row);
  to.dwState = mib_state(facts.row.state);
  to.dwOwningPid = facts.owner;
}

template <typename Row>
void fill_udp4(Row& to, const SocketRow& row) {
  to.dwLocalAddr = address4(row.local);
  to.dwLocalPort = port_of(row.local);
}

template <typename Row>
void fill_udp6_owned(Row& to, const RowFacts& facts) {
  copy_address6(to.ucLocalAddr, facts.row.local);
  to.dwLocalScopeId = facts.row.local.scope_id;
  to.dwLocalPort = port_of(facts.row.local);
  to.dwOwningPid = facts.owner;
}

template <typename Row>
void fill_module(Row& to, const RowFacts& facts) {
  to.liCreateTimestamp.QuadPart = facts.created;
  std::memset(to.OwningModuleInfo, 0, sizeof to.OwningModuleInfo);
  to.OwningModuleInfo[0] = facts.module_tag;
}

inline void fill_row(MIB_TCPROW& to, const RowFacts& facts) {
  fill_tcp4(to, facts.row);
}

inline void fill_row(MIB_TCPROW2& to, const RowFacts& facts) {
  fill_tcp4(to, facts.row);
  to.dwOwningPid = facts.owner;
  to.dwOffloadState = TcpConnectionOffloadStateInHost;
}

inline void fill_row(MIB_TCPROW_OWNER_PID& to, const RowFacts& facts) {
  fill_tcp4(to, facts.row);
  to.dwOwningPid = facts.owner;
}

inline void fill_row(MIB_TCPROW_OWNER_MODULE& to, const RowFacts& facts) {
  fill_tcp4(to, facts.row);
  to.dwOwningPid = facts.owner;
  fill_module(to, facts);
}

inline void fill_row(MIB_TCP6ROW& to, const RowFacts& facts) {
  fill_tcp6(to, facts.row);
}

inline void fill_row(MIB_TCP6ROW2& to, const RowFacts& facts) {
  fill_tcp6(to, facts.row);
  to.dwOwningPid = facts.owner;
  to.dwOffloadState = TcpConnectionOffloadStateInHost;
}

inline void fill_row(MIB_TCP6ROW_OWNER_PID& to, const RowFacts& facts) {
  fill_tcp6_owned(to, facts);
}

inline void fill_row(MIB_TCP6ROW_OWNER_MODULE& to, const RowFacts& facts) {
  fill_tcp6_owned(to, facts);
  fill_module(to, facts);
}

inline void fill_row(MIB_UDPROW& to, const RowFacts& facts) {
  fill_udp4(to, facts.row);
}

inline void fill_row(MIB_UDPROW_OWNER_PID& to, const RowFacts& facts) {
  fill_udp4(to, facts.row);
  to.dwOwningPid = facts.owner;
}

// dwFlags 0: the kernel doesn't tell whether the port was asked for.
inline void fill_row(MIB_UDPROW_OWNER_MODULE& to, const RowFacts& facts) {
  fill_udp4(to, facts.row);
  to.dwOwningPid = facts.owner;
  to.dwFlags = 0;
  fill_module(to, facts);
}

inline void fill_row(MIB_UDP6ROW& to, const RowFacts& facts) {
  copy_address6(to.dwLocalAddr, facts.row.local);
  to.dwLocalScopeId = facts.row.local.scope_id;
  to.dwLocalPort = port_of(facts.row.local);
}

inline void fill_row(MIB_UDP6ROW_OWNER_PID& to, const RowFacts& facts) {
  fill_udp6_owned(to, facts);
}

inline void fill_row(MIB_UDP6ROW_OWNER_MODULE& to, const RowFacts& facts) {
  fill_udp6_owned(to, facts);
  to.dwFlags = 0;
  fill_module(to, facts);
}

}  // namespace tcptable::win32
