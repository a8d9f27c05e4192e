// SPDX-License-Identifier: MIT
// What a finding means in the tool's terms, and the command that mends it.
#pragma once

#include <tcptable/diagnosis.hpp>

#include <string_view>

namespace tool::doctor {

struct Advice {
  std::string_view consequence;  ///< What is missing or slower.
  std::string_view remedy;       ///< A command; or, where no command helps, what would. May be empty.
};

/// A capability that a file, or root, could give this process: no other container is needed for it.
bool is_within_bounds(tcptable::Check check);

/// `in_container`: the remedy is how the container is to be started. Of a finding that is ok or unknown both
/// texts are empty.
Advice advice_for(const tcptable::Finding& finding, bool in_container);

}  // namespace tool::doctor
