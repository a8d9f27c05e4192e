// SPDX-License-Identifier: MIT
// Names that are the same on every machine.
#pragma once

#include <map>
#include <string>

#include "tcptable/filter/name_lookup.hpp"

namespace tcptable::test {

class FixedNames final : public tool::filter::NameLookup {
 public:
  std::optional<std::uint16_t> port_of_service(const std::string& name) const override {
    static const std::map<std::string, std::uint16_t> kKnown{{"ssh", 22}, {"https", 443}, {"http-alt", 8080}};
    return find(kKnown, name);
  }
  std::optional<std::uint32_t> uid_of_user(const std::string& name) const override {
    static const std::map<std::string, std::uint32_t> kKnown{{"root", 0}, {"www-data", 33}, {"lena", 1000}};
    return find(kKnown, name);
  }
  std::optional<std::uint32_t> index_of_interface(const std::string& name) const override {
    static const std::map<std::string, std::uint32_t> kKnown{{"lo", 1}, {"eth0", 2}};
    return find(kKnown, name);
  }

 private:
  template <typename T>
  static std::optional<T> find(const std::map<std::string, T>& known, const std::string& name) {
    const auto found = known.find(name);
    return found != known.end() ? std::optional<T>(found->second) : std::nullopt;
  }
};

}  // namespace tcptable::test
