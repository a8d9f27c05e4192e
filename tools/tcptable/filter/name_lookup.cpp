// SPDX-License-Identifier: MIT
// The system's databases.
#include "tcptable/filter/name_lookup.hpp"

#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pwd.h>

#include <array>
#include <vector>

namespace tool::filter {
namespace {

class SystemNames final : public NameLookup {
 public:
  std::optional<std::uint16_t> port_of_service(const std::string& name) const override {
    std::array<char, 4096> buffer;
    servent entry{};
    servent* found = nullptr;
    getservbyname_r(name.c_str(), nullptr, &entry, buffer.data(), buffer.size(), &found);
    if (found == nullptr) return std::nullopt;
    return ntohs(static_cast<std::uint16_t>(found->s_port));
  }

  std::optional<std::uint32_t> uid_of_user(const std::string& name) const override {
    std::vector<char> buffer(16 * 1024);
    passwd entry{};
    passwd* found = nullptr;
    getpwnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found);
    return found != nullptr ? std::optional<std::uint32_t>(found->pw_uid) : std::nullopt;
  }

  std::optional<std::uint32_t> index_of_interface(const std::string& name) const override {
    const std::uint32_t index = if_nametoindex(name.c_str());
    return index != 0 ? std::optional(index) : std::nullopt;
  }
};

}  // namespace

const NameLookup& system_names() {
  static const SystemNames names;
  return names;
}

}  // namespace tool::filter
