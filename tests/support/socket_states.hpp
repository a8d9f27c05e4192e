// SPDX-License-Identifier: MIT
// Real TCP sockets of the loopback, held still in any state for as long as the value lives. No timer ends
// one in less than half a minute.
#pragma once

#include <tcptable/socket_row.hpp>

#include <array>
#include <vector>

#include "support/sockets.hpp"

namespace tcptable::test {

/// Every state that a classic table lists.
inline constexpr std::array kHoldableStates{
    State::listen,    State::syn_sent,  State::syn_recv,   State::established, State::fin_wait1,
    State::fin_wait2, State::time_wait, State::close_wait, State::last_ack,    State::closing,
};

struct HeldState {
  State state;
  Endpoint local;   ///< Of the socket that is in the state.
  Endpoint remote;  ///< Its peer, or all zero.
  /// The descriptor of that socket, or -1: TIME_WAIT and SYN_RECV are held by the kernel.
  int fd = -1;
  std::vector<Fd> sockets;
};

/// Throws std::system_error, or std::runtime_error when the state isn't reached within seconds.
HeldState hold_state(State state, Family family);

/// Each of kHoldableStates in both families.
std::vector<HeldState> hold_every_state();

/// Closes one end of an established connection, and returns when its peer has acknowledged that, which it may
/// delay: the kernel then keeps this end in FIN_WAIT2, and the other is in CLOSE_WAIT.
void close_until_fin_wait2(Fd& end);

/// Sends until the peer's window and the own buffer are full, so that what follows stays unsent.
void fill_send_queue(int fd);

/// The state that the kernel tells for a descriptor (TCP_INFO).
State state_of(int fd);

}  // namespace tcptable::test
