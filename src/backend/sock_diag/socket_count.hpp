// SPDX-License-Identifier: MIT
// How many rows a table has, most of them not listed.
#pragma once

#include "backend/tables.hpp"
#include "sys/kernel.hpp"

#include <cstddef>

namespace tcptable::backend {

/// The kernel counts the TCP sockets of its hash tables itself. So only those that are not established,
/// mostly few, are listed; the rest is a subtraction. `states` must have State::established. Error: also
/// where the kernel's count can't be read.
Result<std::size_t> count_tcp_sockets(sys::Kernel& kernel, Family family, StateSet states);

}  // namespace tcptable::backend
