// SPDX-License-Identifier: MIT
// Whether the kernel can list TCP sockets that are bound, and neither listen nor connect.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/error.hpp>
#include <tcptable/query.hpp>

#include <string_view>

namespace tcptable::backend {

inline bool asks_for_bound_sockets(const Query& query) {
  return query.tcp && query.states.contains(State::bound);
}

/// Linux 6.8 brought it (TCPF_BOUND_INACTIVE, inet_diag_dump_icsk). Older kernels leave the sockets out
/// without a word, so the version is all that tells. Errc::not_supported for those.
Result<void> check_bound_sockets(sys::Kernel& kernel);

/// "6.8.0-31-generic": yes. Pure.
bool lists_bound_sockets(std::string_view kernel_release);

}  // namespace tcptable::backend
