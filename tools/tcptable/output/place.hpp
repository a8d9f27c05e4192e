// SPDX-License-Identifier: MIT
// Endpoints and processes within a sentence.
#pragma once

#include <tcptable/endpoint.hpp>
#include <tcptable/owner.hpp>

#include <string>

namespace tool {

/// "127.0.0.1:80", "[::1]:80".
std::string place_text(const tcptable::Endpoint& endpoint);

/// "nginx (812)", the name escaped.
std::string process_text(const tcptable::Process& process);

}  // namespace tool
