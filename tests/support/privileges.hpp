// SPDX-License-Identifier: MIT
// Giving up privileges, in a child process that a test made for it.
#pragma once

#include <initializer_list>
#include <optional>

namespace tcptable::test {

/// Root of a namespace with one user can't become another.
bool may_become_nobody();

/// Gives up every privilege, as a login as another user would.
void become_nobody();

/// Becomes the same user, who has these capabilities (CAP_BPF, ...) and no others.
void become_nobody_with(std::initializer_list<int> capabilities);

/// Stays root, without these.
void drop_capabilities(std::initializer_list<int> capabilities);

/// Lets a system call fail with `error`, as a seccomp filter of a container or of a service manager does:
/// each of them, or those whose first argument is `first_argument`.
void deny_system_call(int number, std::optional<unsigned> first_argument, int error);

}  // namespace tcptable::test
