// SPDX-License-Identifier: MIT
// Behind a proxy: the process at the address that connections are passed on to.
#pragma once

#include <tcptable/owner.hpp>
#include <tcptable/socket_row.hpp>

#include <optional>
#include <string_view>

namespace tool::who {

/// Is it bound to 0.0.0.0 or ::, and serves the family?
bool takes_any_address(const tcptable::SocketRow& row, tcptable::Family family);

/// Who listens on the place ("172.17.0.2:80"), in whichever network namespace the address is.
std::optional<tcptable::Process> server_at(std::string_view place);

}  // namespace tool::who
