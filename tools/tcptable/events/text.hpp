// SPDX-License-Identifier: MIT
// An event for people.
#pragma once

#include <tcptable/events.hpp>

#include <string>

namespace tool {

/// One line with its newline, such as "23:45:12.345678  closed    127.0.0.1:8000 <-> 127.0.0.1:59916  python3
/// (812)  after 1.2ms, 70 received, 1K sent, rtt 30us". The time is local.
std::string event_line(const tcptable::Event& event);

}  // namespace tool
