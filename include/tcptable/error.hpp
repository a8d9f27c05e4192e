// SPDX-License-Identifier: MIT
// How a call of this library fails: a code that tells what the caller can do, the kernel's errno, and the
// step. No allocation; text is made on demand.
#pragma once

#include <tcptable/export.hpp>

#include <cstdint>
#include <string>
#include <tl/expected.hpp>

namespace tcptable {

enum class Errc : std::uint8_t {
  invalid_argument,  ///< The query asks for no protocol or no family, or TCPTABLE_BACKEND names no backend.
  not_supported,     ///< This kernel, or the forced backend, can't answer the query.
  not_permitted,     ///< The kernel refused; more privilege would help.
  no_memory,         ///< Out of memory, in the process or in the kernel.
  interrupted_dump,  ///< The kernel lost parts of its answer several times running; call again.
  malformed_reply,   ///< The kernel's answer broke its own format.
  not_found,         ///< What was asked about does not exist, or no longer.
  io,                ///< Any other failure; see Error::sys_errno.
  is_listener,       ///< The socket listens: it is no connection that could be closed.
  is_multipath,      ///< A subflow of a Multipath TCP connection, which closing the subflow wouldn't close.
};

/// What was being done when it failed.
enum class Step : std::uint8_t {
  choose_backend,
  open_netlink,
  send_request,
  receive_reply,
  read_net_table,
  list_processes,
  load_bpf,
  run_bpf,
  read_process,
  read_statistics,
  read_cgroups,
  enter_namespace,
  follow_events,
};

struct Error {
  Errc code = Errc::io;
  Step step = Step::choose_backend;
  int sys_errno = 0;  ///< errno of the failed call, or 0 where no call failed.

  friend bool operator==(const Error&, const Error&) = default;
};

/// One line of English without a final newline, such as "receive_reply: not permitted (EPERM)".
TCPTABLE_API std::string to_string(const Error& error);

/// A value or an Error. An alias, so that it can become std::expected where the compiler has it.
template <typename T>
using Result = tl::expected<T, Error>;

}  // namespace tcptable
