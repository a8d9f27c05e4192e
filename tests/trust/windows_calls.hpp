// SPDX-License-Identifier: MIT
// Calls of the C ABI whose right answer is known, to be made where things are hard.
#pragma once

#include <span>
#include <string>

namespace tcptable::test {

struct WindowsCall {
  const char* name;
  /// "right", "code" where it failed with one, or what is wrong with the answer.
  std::string (*run)();
};

/// All of them are right while the namespace's one TCP socket is a listener of the process that
/// `expect_owner` was called in last; its children may call them too.
std::span<const WindowsCall> windows_calls();
void expect_owner();

/// "", or the first call that was not right, and how.
std::string first_that_is_not_right();

}  // namespace tcptable::test
