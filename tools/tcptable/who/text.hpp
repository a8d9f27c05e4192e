// SPDX-License-Identifier: MIT
// The answer for people.
#pragma once

#include <tcptable/snapshot.hpp>

#include <string>

#include "tcptable/output/names.hpp"
#include "tcptable/who/answer.hpp"

namespace tool::who {

/// Lines, each safe to print.
std::string text_of(const tcptable::Snapshot& snapshot, const Answer& answer, Names& names);

}  // namespace tool::who
