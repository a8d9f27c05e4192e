// SPDX-License-Identifier: MIT
#pragma once

#include <fcntl.h>

namespace tcptable::test {

/// How many descriptors of low numbers the process has open; allocates nothing.
inline int open_descriptors() {
  constexpr int kMost = 512;
  int open = 0;
  for (int fd = 0; fd < kMost; ++fd) open += ::fcntl(fd, F_GETFD) >= 0 ? 1 : 0;
  return open;
}

}  // namespace tcptable::test
