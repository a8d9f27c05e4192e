// SPDX-License-Identifier: MIT
// TCP_INFO in words.
#pragma once

#include <tcptable/tcp_info.hpp>

#include <vector>

#include "tcptable/top/view/view_state.hpp"

namespace tool::top {

/// Every field that the kernel has; what it hasn't is left out.
void add_tcp_info(std::vector<Detail>& details, const tcptable::TcpInfo& info);

}  // namespace tool::top
