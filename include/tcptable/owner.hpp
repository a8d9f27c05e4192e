// SPDX-License-Identifier: MIT
// Who holds a socket, or why that is not known.
#pragma once

#include <tcptable/export.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace tcptable {

/// A process, by the identity that survives pid reuse: pid and start time.
struct Process {
  /// As the /proc of the caller numbers it.
  std::int32_t pid = 0;
  /// Clock ticks since boot (/proc/PID/stat, field 22; fs/proc/array.c).
  std::uint64_t start_time = 0;
  /// The kernel's comm: at most 15 bytes, chosen by the process. Any byte but NUL may occur: escape before
  /// printing.
  std::string name;
};

/// Why a row has an owner, or has none.
enum class OwnerStatus : std::uint8_t {
  not_requested,        ///< Query::owners was false.
  known,                ///< At least one holder was found.
  time_wait,            ///< The kernel keeps TIME_WAIT without a process.
  orphaned,             ///< Its process has closed it; the kernel finishes the connection alone.
  not_permitted,        ///< Some processes' descriptors could not be read, and no other holds it.
  other_pid_namespace,  ///< Nobody in the caller's pid namespace holds it, and others exist.
  exited,               ///< It was closed while the snapshot was taken.
  ambiguous,  ///< It waits to be accepted, and several processes have a listener of their own on its port.
  kernel,     ///< No process has a descriptor: the kernel's own, in transit between processes, or in an
              ///< io_uring.
};

inline constexpr int kOwnerStatusCount = 9;

/// "time_wait", "not_permitted", ...: the enumerator's name.
TCPTABLE_API std::string_view to_string(OwnerStatus status);

}  // namespace tcptable
