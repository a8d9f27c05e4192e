// SPDX-License-Identifier: MIT
// Giving up privileges, in a child process that a test made for it.
#pragma once

namespace tcptable::test {

/// Root of a namespace with one user can't become another.
bool may_become_nobody();

/// Gives up every privilege, as a login as another user would.
void become_nobody();

}  // namespace tcptable::test
