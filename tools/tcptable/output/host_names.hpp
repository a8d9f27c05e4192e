// SPDX-License-Identifier: MIT
// Names of addresses, from the system's resolver, which may take seconds for each.
#pragma once

#include <tcptable/endpoint.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace tool {

/// Asks for many names at once, and waits for no single one of them.
class HostNames {
 public:
  HostNames();
  HostNames(const HostNames&) = delete;
  HostNames& operator=(const HostNames&) = delete;
  /// Leaves what is still being asked to end by itself.
  ~HostNames();

  /// Asks, and returns at once; false where that has been asked before.
  bool ask(const tcptable::Endpoint& endpoint);
  /// Returns how many answers are still to come after `most`.
  std::size_t wait(std::chrono::milliseconds most);
  /// The name; empty where there is none, or it isn't known yet.
  std::string find(const tcptable::Endpoint& endpoint);

 private:
  struct Shared;
  static void answer(const std::shared_ptr<Shared>& shared);

  std::shared_ptr<Shared> shared_;  // with the threads, which may outlive this
};

}  // namespace tool
