// SPDX-License-Identifier: MIT
// Who knows every socket that is or was in a namespace, and says what is wrong with a table of it.
#pragma once

#include <tcptable/tcptable.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "support/churn.hpp"
#include "support/lasting_connections.hpp"

namespace tcptable::test {

/// What was seen in the tables so far.
struct ChurnTally {
  std::size_t tables = 0;
  std::size_t marked = 0;   ///< Tables that say of themselves that rows may be missing.
  std::size_t missing = 0;  ///< Rows that these did miss.
  std::size_t passing = 0;  ///< Rows of connections that come and go.
  std::size_t passing_owned = 0;
  std::uint64_t connections = 0;  ///< Made while tables were taken.
  double seconds = 0;             ///< That it took to take them.
};

class ChurnOracle {
 public:
  ChurnOracle(const LastingConnections& lasting, const Churn& churn) : lasting_(lasting), churn_(churn) {}

  /// Takes a table and says what is wrong with it; empty: nothing. Not wrong are missing rows where the table
  /// says that there may be some.
  std::string take_table(const Query& query);

  const ChurnTally& tally() const { return tally_; }

 private:
  struct Faults;
  struct Window {
    Churn::Moment before;
    Churn::Moment after;
  };
  void judge_lasting(const Snapshot& snapshot, const SocketRow& row, std::size_t number, Faults& faults);
  void judge_passing(const Snapshot& snapshot, const SocketRow& row, const Window& window, Faults& faults);

  const LastingConnections& lasting_;
  const Churn& churn_;
  std::vector<std::uint8_t> seen_;  // how often, for each lasting row
  ChurnTally tally_;
};

}  // namespace tcptable::test
