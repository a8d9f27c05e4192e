// SPDX-License-Identifier: MIT
// A shell command's whole output, read as it comes; nothing where the command fails.
#pragma once

#include <optional>
#include <string>

namespace bench {

std::optional<std::string> output_of(const std::string& command);

}  // namespace bench
