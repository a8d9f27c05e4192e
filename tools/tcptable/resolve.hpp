// SPDX-License-Identifier: MIT
// Numbers into names: users always, hosts and services only when asked. Each number is looked up once.
#pragma once

#include <tcptable/endpoint.hpp>
#include <tcptable/socket_row.hpp>

#include <map>
#include <optional>
#include <string>

#include "tcptable/display.hpp"

namespace tool {

class Names {
 public:
  explicit Names(bool resolve) : resolve_(resolve) {}

  /// The user's name, or the number without one; "-" when the kernel doesn't know the user.
  const DisplayText& user(std::optional<std::uint32_t> uid);
  /// "*" for 0.0.0.0 and ::.
  DisplayText host(const tcptable::Endpoint& endpoint);
  /// "*" for 0.
  DisplayText port(std::uint16_t number, tcptable::Protocol protocol);

 private:
  bool resolve_;
  std::map<std::optional<std::uint32_t>, DisplayText> users_;
  std::map<std::string, std::string> hosts_;
  std::map<std::pair<std::uint16_t, tcptable::Protocol>, std::string> ports_;
};

}  // namespace tool
