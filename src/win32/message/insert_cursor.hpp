// SPDX-License-Identifier: MIT
// Where the arguments of one insert are: its number, and those after it once a `*` has taken that.
#pragma once

#include "win32/message/insert_arguments.hpp"

#include <cstddef>
#include <cstdint>

namespace tcptable::win32 {

class InsertCursor {
 public:
  InsertCursor(InsertArguments& arguments, std::size_t number) : arguments_(arguments), number_(number) {}

  int star() {
    const std::uintptr_t value = starred_ ? arguments_.next() : arguments_.at(number_);
    starred_ = true;
    return static_cast<int>(value);
  }

  std::uintptr_t value() { return starred_ ? arguments_.next_after_stars() : arguments_.at(number_); }

 private:
  InsertArguments& arguments_;
  std::size_t number_;
  bool starred_ = false;
};

}  // namespace tcptable::win32
