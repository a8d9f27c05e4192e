// SPDX-License-Identifier: MIT
// How many interfaces, addresses and routes the calling thread's network namespace has, by rtnetlink.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/endpoint.hpp>
#include <tcptable/error.hpp>

#include <cstdint>

namespace tcptable::api {

Result<std::uint32_t> count_interfaces(sys::Kernel& kernel);
Result<std::uint32_t> count_addresses(sys::Kernel& kernel, Family family);
/// Of the main table.
Result<std::uint32_t> count_routes(sys::Kernel& kernel, Family family);

}  // namespace tcptable::api
