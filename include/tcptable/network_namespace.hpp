// SPDX-License-Identifier: MIT
// The network namespaces of the machine: each has sockets, addresses and ports of its own.
#pragma once

#include <tcptable/error.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace tcptable {

struct NetworkNamespace {
  /// Of its file in nsfs, as in "net:[4026531840]": what tells it from every other while it lives.
  std::uint64_t inode = 0;
  /// As `ip netns` names it: the name of a bind mount in /run/netns, which root chooses; any byte but NUL and
  /// '/' may occur: escape before printing. Empty where there is none.
  std::string name;
  /// The lowest id of a process whose first thread is in it, else of one that is in it with another thread,
  /// which may be a visitor that looks at all namespaces as well; 0: none that can be seen, as with a
  /// namespace that a bind mount alone keeps.
  std::int32_t pid = 0;
  /// Why the snapshot has no rows of it, where it could not be entered: Errc::not_permitted without
  /// CAP_SYS_ADMIN, both in the namespace's user namespace and in the caller's.
  std::optional<Error> not_entered;
};

}  // namespace tcptable
