// SPDX-License-Identifier: MIT
// One socket by NETLINK_SOCK_DIAG: the kernel's own look-up, checked, and SOCK_DESTROY.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/connection.hpp>

namespace tcptable::backend {

enum class Match {
  named,   ///< model::is_named_by
  served,  ///< model::serves
};

struct LookUp {
  SocketKey key;
  Match match = Match::named;
  bool with_tcp_info = false;
};

/// Errc::not_found when the kernel has no such socket, or answers with another. Errc::not_supported when it
/// has no sock_diag for the protocol.
Result<SocketDetails> look_up(sys::Kernel& kernel, const LookUp& wanted);

/// Closes the socket that look_up gave, by its cookie. Errc::not_found: it has gone since.
Result<void> destroy(sys::Kernel& kernel, const SocketRow& row);

}  // namespace tcptable::backend
