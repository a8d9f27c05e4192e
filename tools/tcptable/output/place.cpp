// SPDX-License-Identifier: MIT
#include "tcptable/output/place.hpp"

#include <fmt/format.h>

#include "tcptable/output/display.hpp"

namespace tool {

std::string place_text(const tcptable::Endpoint& endpoint) {
  const std::string address = address_text(endpoint);
  return endpoint.family == tcptable::Family::ipv6 ? fmt::format("[{}]:{}", address, endpoint.port)
                                                   : fmt::format("{}:{}", address, endpoint.port);
}

std::string process_text(const tcptable::Process& process) {
  return fmt::format("{} ({})", escape(process.name).text(), process.pid);
}

}  // namespace tool
