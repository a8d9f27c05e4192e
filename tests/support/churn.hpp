// SPDX-License-Identifier: MIT
// Connections that come and go at a given rate, at endpoints that tell which may have been open at what time.
#pragma once

#include <sys/types.h>

#include <tcptable/endpoint.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace tcptable::test {

/// Connections a second.
struct ChurnRates {
  /// Made, accepted and closed by a reset on both ends, but for each 32nd, which is closed in order.
  int whole = 0;
  /// Never answered, for the listener's queue is full: sockets that come into the kernel's table as syn_sent
  /// and go again, at a fraction of the others' cost.
  int half_open = 0;
};

/// Processes that open and close connections until the value is destroyed.
class Churn {
 public:
  explicit Churn(ChurnRates rates);
  ~Churn();

  /// How far each process is: what was open between two moments began before the second and didn't end before
  /// the first.
  struct Moment {
    std::vector<std::uint64_t> begun;
    std::vector<std::uint64_t> ended;
  };
  Moment now() const;
  static std::uint64_t connections_between(const Moment& first, const Moment& second);

  /// Whose a socket with these endpoints is, if one was open between the two moments. A socket that is
  /// `closing` (any state that a socket has after it was closed in order) may be left of an older connection.
  std::optional<pid_t> owner_of(const Endpoint& local, const Endpoint& remote, bool closing,
                                const Moment& first, const Moment& second) const;

 private:
  struct Process;
  std::vector<std::unique_ptr<Process>> processes_;
};

}  // namespace tcptable::test
