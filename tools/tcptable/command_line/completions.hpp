// SPDX-License-Identifier: MIT
// Completions for the shells, made from the tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// For "bash", "zsh" or "fish"; nullopt for another shell.
std::optional<std::string> completions_for(std::string_view shell);

}  // namespace tool
