// SPDX-License-Identifier: MIT
// A process as the BPF programs record it. Pure.
#pragma once

#include "sys/bpf/records.h"

#include <tcptable/owner.hpp>

namespace tcptable::owner {

Process process_from(const tcptable_process& record);

}  // namespace tcptable::owner
