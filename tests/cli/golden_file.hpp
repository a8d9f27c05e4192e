// SPDX-License-Identifier: MIT
// A whole output against a file of golden/. TCPTABLE_UPDATE_GOLDEN=1 writes the file instead: read the
// difference before you commit it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace tcptable::test {

inline void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(TCPTABLE_GOLDEN) + "/" + name;
  if (std::getenv("TCPTABLE_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << text;
    GTEST_SKIP() << "SKIP: wrote " << path;
  }
  std::ostringstream golden;
  golden << std::ifstream(path).rdbuf();
  EXPECT_EQ(text, golden.str()) << path;
}

}  // namespace tcptable::test
