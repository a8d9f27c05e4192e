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

/// What a pass came by.
struct PassTally {
  bool in_one_go = false;   ///< The kernel gave it all before it let go of its place in the table.
  std::size_t sockets = 0;  ///< That the table has.
  bool half_open = false;   ///< Some were in SYN_RECV.
};

/// Made before a pass, asked after it. Sockets come and go by the kernel's own counts, which don't tell that
/// a half-open connection timed out. One that lay before the cursor then, so that it mattered, has been seen.
class TcpPass {
 public:
  explicit TcpPass(sys::Kernel& kernel);

  PassTrust judge(const PassTally& tally) const;

 private:
  sys::Kernel& kernel_;
  std::optional<std::uint64_t> before_;
};

}  // namespace tcptable::backend
