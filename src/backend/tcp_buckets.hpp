// SPDX-License-Identifier: MIT
// How far one pass over the kernel's TCP table can be believed.
#pragma once

#include "sys/kernel.hpp"

#include <cstddef>

namespace tcptable::backend {

/// True when a table of `sockets`, of which a pass gave `rows`, has so many to a hash bucket that a pass
/// under churn may skip some: its cursor is an ordinal within a bucket's chain. With no more sockets than
/// buckets, one row was skipped in 17 million; above, a pass misses up to 3 rows in 10,000, and two passes
/// together one in a million.
bool one_pass_may_skip(sys::Kernel& kernel, std::size_t rows, std::size_t sockets);

}  // namespace tcptable::backend
