// SPDX-License-Identifier: MIT
// For tests that run the binary on sockets of their own.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>

#include "cli/run_tool.hpp"
#include "support/network_namespace.hpp"

namespace tcptable::test {

class ToolInNamespace : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    ::setenv("LC_ALL", "C.UTF-8", 1);
  }
};

}  // namespace tcptable::test
