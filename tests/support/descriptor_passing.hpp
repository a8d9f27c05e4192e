// SPDX-License-Identifier: MIT
// Descriptors sent from process to process (SCM_RIGHTS, man 7 unix).
#pragma once

#include "support/fd.hpp"

namespace tcptable::test {

struct UnixPair {
  Fd here;
  Fd there;
};

UnixPair make_unix_pair();

/// From here on the socket is in flight until it is received, whoever closes it.
void send_descriptor(int through, int fd);

Fd receive_descriptor(int through);

}  // namespace tcptable::test
