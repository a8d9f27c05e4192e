// SPDX-License-Identifier: MIT
// The findings of many sockets, in order: troubles first, sockets that are alike together.
#pragma once

#include <tcptable/snapshot.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "tcptable/filter/expression.hpp"
#include "tcptable/why/finding.hpp"

namespace tool::why {

struct Diagnosis {
  const tcptable::SocketRow* row = nullptr;
  std::vector<Finding> findings;  ///< At least one.
};

/// A process that leaves connections in CLOSE_WAIT.
struct Leak {
  const tcptable::Process* process = nullptr;  ///< nullptr: not known whose they are.
  std::uint32_t sockets = 0;
  std::uint32_t oldest_ms = 0;  ///< At least so old; 0: nothing known.
};

struct Report {
  std::vector<Diagnosis> diagnoses;  ///< The most serious first.
  std::vector<Leak> leaks;           ///< The largest first.
  std::size_t sockets = 0;           ///< How many matched.
};

Report report_on(const tcptable::Snapshot& snapshot, const filter::Expression& filter);

/// Lines, each safe to print.
std::string text_of(const tcptable::Snapshot& snapshot, const Report& report);

}  // namespace tool::why
