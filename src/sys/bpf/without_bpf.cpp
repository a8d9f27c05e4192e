// SPDX-License-Identifier: MIT
// What stands in where the library is built without BPF.
#include "sys/bpf/connection_trace.hpp"
#include "sys/bpf/socket_walks.hpp"

namespace tcptable::sys {

Result<std::unique_ptr<SocketWalks>> make_socket_walks() {
  return tl::unexpected(Error{Errc::not_supported, Step::load_bpf, 0});
}

Result<std::unique_ptr<ConnectionTrace>> trace_connections(const TraceSizes&) {
  return tl::unexpected(Error{Errc::not_supported, Step::load_bpf, 0});
}

}  // namespace tcptable::sys
