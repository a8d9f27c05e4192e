// SPDX-License-Identifier: MIT
// The tools that people and scripts know, with their options and output: `tcptable --as ss -tulpn`, or a link
// named ss.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tcptable/output/console.hpp"

namespace tool {

enum class Imitation { ss, netstat, lsof };

std::string_view to_string(Imitation imitation);
std::optional<Imitation> imitation_named(std::string_view name);

struct Imitated {
  Imitation imitation;
  std::vector<std::string> words;  ///< What the imitated tool would get, without its own name.
};

/// nullopt: neither is the tool called by such a name nor are its first words --as and one. `words` begin
/// with the name that the tool is called by.
std::optional<Imitated> imitated_call(std::span<const char* const> words);

/// The exit status is the imitated tool's, but for ExitStatus::usage: an option that is not understood never
/// gives a table.
ExitStatus run_imitation(const Imitated& call);

}  // namespace tool
