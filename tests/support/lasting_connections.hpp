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

/// Up to 10,000 connections of 20 processes: some have a fork that holds them too, some have sent their
/// server's ends to another process.
class LastingConnections {
 public:
  static constexpr int kProcesses = 20;
  static constexpr int kMostEach = 500;
  // Both ends of each connection, and those by which the test holds the processes, which the last inherits.
  static constexpr int kMostDescriptors = 2 * kMostEach + 8 * kProcesses;

  /// So many of each process. Throws where the caller may not have kMostDescriptors.
  explicit LastingConnections(int each);
  ~LastingConnections();

  std::size_t rows() const;

  /// The number of the row with these endpoints, from 0 to rows() - 1; rows() where there is no such row.
  std::size_t number_of(const Endpoint& local, const Endpoint& remote) const;

  /// Whom the row is to be blamed on.
  pid_t owner_of(std::size_t row) const;
  bool is_held_by(std::size_t row, pid_t process) const;
  bool is_listener(std::size_t row) const;

 private:
  struct Holder;
  std::size_t rows_each() const { return 2 * each_ + 1; }

  std::size_t each_;
  std::vector<std::unique_ptr<Holder>> holders_;
};

}  // namespace tcptable::test
