// SPDX-License-Identifier: MIT
// Whether the kernel can close a connection at all: not every one can.
#pragma once

#include <optional>
#include <string>

namespace tcptable::test {

/// Returns nullopt, or the reason why no connection can be closed here, for GTEST_SKIP.
std::optional<std::string> reason_against_closing();

/// The reverse, for tests of what is said where none can be.
std::optional<std::string> reason_against_refusing();

}  // namespace tcptable::test
