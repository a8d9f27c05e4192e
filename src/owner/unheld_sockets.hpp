// SPDX-License-Identifier: MIT
// What the first walk over descriptors left over of rows that BPF read: these carry only what lies in the
// first cache lines of a socket, so those that no process seems to hold are looked at once more, one by one.
#pragma once

#include "owner/attribution.hpp"
#include "sys/bpf/socket_walks.hpp"

#include <vector>

namespace tcptable::owner {

class UnheldSockets {
 public:
  /// Looks at each row without holder: fills its inode, and marks it as exited where its socket has gone.
  Result<void> look(sys::SocketWalks& walks, const OwnedRows& owned);
  /// Those that have a descriptor somewhere, told TCPTABLE_BY_SOCKET; of the rows that `look` has seen.
  void list_wanted(const OwnedRows& owned, WantedSockets& wanted) const;
  /// Looks once more, and marks those that have closed their descriptor since.
  Result<void> mark_exited(sys::SocketWalks& walks, const OwnedRows& owned);

 private:
  void enter(const OwnedRows& owned);

  std::vector<std::uint32_t> rows_;  // positions in the table
  std::vector<tcptable_row> sockets_;
  std::vector<tcptable_row_details> details_;
  std::vector<tcptable_row_details> before_;
};

}  // namespace tcptable::owner
