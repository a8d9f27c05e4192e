// SPDX-License-Identifier: MIT
// The bytes of INET_DIAG_INFO for TCP: struct tcp_info as long as the running kernel knows it. Pure.
#pragma once

#include <tcptable/tcp_info.hpp>

#include <cstddef>
#include <optional>
#include <span>

namespace tcptable::backend {

/// nullopt when even the oldest members are not all there. Bytes behind the members known here are ignored.
std::optional<TcpInfo> parse_tcp_info(std::span<const std::byte> bytes);

}  // namespace tcptable::backend
