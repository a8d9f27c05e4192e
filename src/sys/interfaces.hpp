// SPDX-License-Identifier: MIT
// The network interfaces of the calling thread's namespace.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/error.hpp>

#include <cstdint>
#include <vector>

namespace tcptable::sys {

/// Their indexes, in the kernel's order.
Result<std::vector<std::uint32_t>> list_interfaces(Kernel& kernel);

}  // namespace tcptable::sys
