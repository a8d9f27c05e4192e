// SPDX-License-Identifier: MIT
// Behind a proxy: the process at the address that connections are passed on to.
#pragma once

#include <tcptable/owner.hpp>

#include <optional>
#include <string_view>

namespace tool::who {

/// Who listens on the place ("172.17.0.2:80"), in whichever network namespace the address is.
std::optional<tcptable::Process> server_at(std::string_view place);

}  // namespace tool::who
