// SPDX-License-Identifier: MIT
// Connections that stay, in processes of their own, at endpoints that tell which connection it is: what a
// table under churn is compared with.
#pragma once

#include <sys/types.h>

#include <tcptable/endpoint.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace tcptable::test {

/// 10,000 connections of 20 processes: some have a fork that holds them too, some have sent their server's
/// ends to another process.
class LastingConnections {
 public:
  static constexpr int kProcesses = 20;
  static constexpr int kEach = 500;
  static constexpr std::size_t kRowsEach = 2 * kEach + 1;  // both ends, and the listener
  static constexpr std::size_t kRows = kProcesses * kRowsEach;

  /// Throws where the caller may not have kRowsEach descriptors and some more.
  LastingConnections();
  ~LastingConnections();

  /// The number of the row with these endpoints, from 0 to kRows - 1; kRows where there is no such row.
  static std::size_t number_of(const Endpoint& local, const Endpoint& remote);

  /// Whom the row is to be blamed on.
  pid_t owner_of(std::size_t row) const;
  bool is_held_by(std::size_t row, pid_t process) const;
  static bool is_listener(std::size_t row);

 private:
  struct Holder;
  std::vector<std::unique_ptr<Holder>> holders_;
};

}  // namespace tcptable::test
