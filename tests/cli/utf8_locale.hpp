// SPDX-License-Identifier: MIT
// The character set of the terminal that a test pretends to have.
#pragma once

#include <gtest/gtest.h>

#include <clocale>

namespace tcptable::test {

class Utf8Terminal : public ::testing::Test {
 protected:
  void SetUp() override {
    if (std::setlocale(LC_CTYPE, "C.UTF-8") == nullptr) GTEST_SKIP() << "needs the locale C.UTF-8";
  }
  void TearDown() override { std::setlocale(LC_CTYPE, "C"); }
};

}  // namespace tcptable::test
