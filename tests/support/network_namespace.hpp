// SPDX-License-Identifier: MIT
// A network namespace of one's own, so that a test sees its own sockets and no others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tcptable::test {

/// Moves the calling thread into a fresh network namespace whose loopback is up; threads and children made
/// later are in it too. Without privilege it makes a user namespace first, in which the process is root.
/// Returns nullopt, or the reason why it can't be done here, for GTEST_SKIP.
std::optional<std::string> enter_network_namespace();

/// The same, with a TCP table of its own, of so many hash buckets.
std::optional<std::string> enter_network_namespace_of_buckets(std::uint32_t buckets);

/// The same with 256 hash buckets: quick to read as text, and soon full.
std::optional<std::string> enter_small_network_namespace();

/// Adds an interface that is up and has the IPv6 link-local address fe80::1. Returns its index, or nullopt
/// where the kernel knows no kind of virtual interface.
std::optional<std::uint32_t> add_link_local_interface(const std::string& name);

}  // namespace tcptable::test
