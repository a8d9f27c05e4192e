// SPDX-License-Identifier: MIT
// The public diagnosis, asked of any kernel.
#pragma once

#include <tcptable/diagnosis.hpp>

#include <vector>

#include "sys/kernel.hpp"

namespace tcptable::api {

std::vector<Finding> diagnose(sys::Kernel& kernel);

}  // namespace tcptable::api
