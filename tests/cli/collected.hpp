// SPDX-License-Identifier: MIT
// What the tool's parts print, as one string.
#pragma once

#include <string>

#include "tcptable/output/chunked_output.hpp"

namespace tcptable::test {

/// Calls print(out) and returns what came out.
template <typename Print>
std::string collected(const Print& print) {
  std::string text;
  tool::ChunkedOutput out([&text](std::string_view chunk) {
    text += chunk;
    return 0;
  });
  print(out);
  out.finish();
  return text;
}

}  // namespace tcptable::test
