// SPDX-License-Identifier: MIT
// Memory that ends when a test says so, for the whole program: its own allocations, the library's and the C
// library's. Link tcptable_failing_allocations.
#pragma once

namespace tcptable::test {

enum class Failing {
  one,          ///< The next allocation succeeds again.
  all_from_it,  ///< Until the value ends.
};

/// While it lives, `count` allocations succeed, in whatever thread, and what comes then fails. The test
/// itself must not allocate meanwhile, where that would be counted.
class FailingAllocations {
 public:
  FailingAllocations(int count, Failing failing);
  FailingAllocations(const FailingAllocations&) = delete;
  FailingAllocations& operator=(const FailingAllocations&) = delete;
  ~FailingAllocations();

  /// Whether an allocation has failed.
  static bool has_failed();
};

/// How many blocks are allocated and not freed. Under a sanitizer, which sees to leaks itself, always 0.
long living_allocations();

}  // namespace tcptable::test
