// SPDX-License-Identifier: MIT
// Which of two mentions of a process are of the same one: pids are used anew.
#pragma once

#include <tcptable/owner.hpp>

namespace tcptable::model {

/// Whatever name it has by now.
inline bool is_same_process(const Process& a, const Process& b) {
  return a.pid == b.pid && a.start_time == b.start_time;
}

}  // namespace tcptable::model
