// SPDX-License-Identifier: MIT
// What a shell command prints, read as it comes.
#pragma once

#include <optional>
#include <string>

namespace bench {

/// The whole of it; nullopt where the command fails.
std::optional<std::string> output_of(const std::string& command);

/// Reads it and keeps nothing, so that the command's time is not its reader's; false where the command fails.
bool runs(const std::string& command);

}  // namespace bench
