// SPDX-License-Identifier: MIT
// The arguments of FormatMessage, by number, out of a va_list or an array of pointer-sized values.
#pragma once

#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tcptable::win32 {

class InsertArguments {
 public:
  static InsertArguments none() { return {nullptr, nullptr}; }
  static InsertArguments from_list(va_list* list) { return {list, nullptr}; }
  static InsertArguments from_array(const std::uintptr_t* array) { return {nullptr, array}; }

  bool present() const { return list_ != nullptr || array_ != nullptr; }

  /// The argument of a number, from 1. Reads a list on as far as needed, and no further.
  std::uintptr_t at(std::size_t number) {
    while (list_ != nullptr && fetched_.size() < number) fetched_.push_back(va_arg(*list_, std::uintptr_t));
    if (number > last_) last_ = number;
    return list_ != nullptr ? fetched_[number - 1] : array_[number - 1];
  }

  /// The one behind the last.
  std::uintptr_t next() { return at(last_ + 1); }

  /// The value that follows the arguments taken by `*`. In a list it takes the number of the last of them, as
  /// it does on Windows, so that later inserts count from there.
  std::uintptr_t next_after_stars() {
    if (list_ != nullptr) {
      fetched_.pop_back();
      --last_;
    }
    return next();
  }

 private:
  InsertArguments(va_list* list, const std::uintptr_t* array) : list_(list), array_(array) {}

  va_list* list_;
  const std::uintptr_t* array_;
  std::vector<std::uintptr_t> fetched_;
  std::size_t last_ = 0;
};

}  // namespace tcptable::win32
