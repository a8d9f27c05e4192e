// SPDX-License-Identifier: MIT
// The public functions on one socket, with the kernel given: what tests call.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/connection.hpp>

namespace tcptable::api {

Result<SocketDetails> inspect_socket(sys::Kernel& kernel, const SocketKey& key, bool with_tcp_info);
Result<void> close_connection(sys::Kernel& kernel, const SocketKey& key);
Result<void> close_listener(sys::Kernel& kernel, const SocketKey& key);

}  // namespace tcptable::api
