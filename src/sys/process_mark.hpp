// SPDX-License-Identifier: MIT
// Whether this process is still the one that made something, or a copy of it.
#pragma once

#include <tcptable/error.hpp>

#include <cstddef>
#include <memory>

namespace tcptable::sys {

/// What a child gets of its parent's memory has no mark, however the child was made: clone(2) and _Fork() run
/// no fork handlers, and in a pid namespace of its own a child may have its parent's pid.
class ProcessMark {
 public:
  /// Errors: no_memory; not_supported before Linux 4.14.
  Result<void> set();
  /// False until set() was called in this process.
  bool is_set() const noexcept { return page_ != nullptr && *page_ != std::byte{0}; }

 private:
  struct Unmap {
    void operator()(std::byte* page) const noexcept;
  };
  std::unique_ptr<std::byte, Unmap> page_;
};

}  // namespace tcptable::sys
