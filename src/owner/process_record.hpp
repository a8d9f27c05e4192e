// SPDX-License-Identifier: MIT
// A process as the BPF programs record it. Pure.
#pragma once

#include "sys/bpf/records.h"

#include <tcptable/owner.hpp>

#include <cstdint>

namespace tcptable::owner {

/// `boottime_offset`: ClockOffsets of the reader, which /proc adds to start times.
Process process_from(const tcptable_process& record, std::int64_t boottime_offset);

}  // namespace tcptable::owner
