// SPDX-License-Identifier: MIT
// A filter as the program that the kernel runs on each socket of a dump: INET_DIAG_REQ_BYTECODE
// (linux/inet_diag.h). Pure.
#pragma once

#include <tcptable/socket_filter.hpp>

#include <cstddef>
#include <vector>

namespace tcptable::backend {

/// Empty for a filter that lets everything pass. Prefixes must not be longer than their addresses.
std::vector<std::byte> diag_bytecode(const SocketFilter& filter);

}  // namespace tcptable::backend
