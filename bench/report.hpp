// SPDX-License-Identifier: MIT
// The bench's result, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "bench/socket_farm.hpp"

namespace bench {

struct Timing {
  std::string name;
  std::vector<double> milliseconds;  ///< One a run, in the order of the runs.
  std::string remark;                ///< Why it has no figures, or how its answer differs; else empty.
};

double median(std::vector<double> values);

/// A table of medians and of their ratios to the first timing's.
std::string as_table(FarmSize size, const std::vector<Timing>& timings);

/// The same as one JSON document, with every single run, the kernel and the time.
std::string as_json(FarmSize size, const std::vector<Timing>& timings);

}  // namespace bench
