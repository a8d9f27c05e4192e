// SPDX-License-Identifier: MIT
// Names that a filter may use for numbers, so that parsing needs no system.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tool::filter {

class NameLookup {
 public:
  virtual ~NameLookup() = default;
  /// Host byte order.
  virtual std::optional<std::uint16_t> port_of_service(const std::string& name) const = 0;
  virtual std::optional<std::uint32_t> uid_of_user(const std::string& name) const = 0;
  virtual std::optional<std::uint32_t> index_of_interface(const std::string& name) const = 0;
};

/// This machine's: services(5), the user database, the network namespace's interfaces. Never DNS.
const NameLookup& system_names();

}  // namespace tool::filter
