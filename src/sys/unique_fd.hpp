// SPDX-License-Identifier: MIT
// Owns one descriptor that a Kernel made, and closes it by the same Kernel.
#pragma once

#include "sys/kernel.hpp"

#include <utility>

namespace tcptable::sys {

class UniqueFd {
 public:
  UniqueFd() = default;
  UniqueFd(Kernel& kernel, int fd) noexcept : kernel_(&kernel), fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : kernel_(other.kernel_), fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    std::swap(kernel_, other.kernel_);
    std::swap(fd_, other.fd_);
    return *this;
  }
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd() {
    if (fd_ >= 0) static_cast<void>(kernel_->close(fd_));
  }

  int get() const noexcept { return fd_; }

 private:
  Kernel* kernel_ = nullptr;
  int fd_ = -1;
};

}  // namespace tcptable::sys
