// SPDX-License-Identifier: MIT
// How far one pass over the kernel's TCP table can be believed.
#pragma once

#include "sys/kernel.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace tcptable::backend {

/// What may be wrong with a pass: the kernel's cursor is an ordinal within a hash bucket's chain, so that a
/// socket that leaves the chain makes it skip another.
enum class PassTrust {
  whole,        ///< Nothing: it came in one go, or no socket left a chain meanwhile.
  moved,        ///< Chains are short: one row in 17 million was skipped under churn.
  long_chains,  ///< More sockets than buckets: up to 3 rows in 10,000 were skipped under churn.
};

/// Made before a pass, asked after it. Sockets come and go by the kernel's own counts, which have all but
/// half-open connections (SYN_RECV).
class TcpPass {
 public:
  explicit TcpPass(sys::Kernel& kernel);

  /// Of a table of `sockets`, of which the pass gave `rows`.
  PassTrust judge(std::size_t rows, std::size_t sockets) const;

 private:
  sys::Kernel& kernel_;
  std::optional<std::uint64_t> before_;
};

}  // namespace tcptable::backend
