// SPDX-License-Identifier: MIT
// The BPF programs are loaded once a process and shared by all its threads.
#pragma once

#include "sys/bpf/socket_walks.hpp"

#include <memory>

namespace tcptable::sys {

enum class Loading {
  only_if_loaded,
  unless_it_failed,  ///< Before, in this process: then that error again, at no cost.
  now,
};

/// The process's walks, checked to be working; who has got them may use them for as long as he keeps them,
/// also while the program ends. A child, however it was made, loads its own. Errors: not_supported, also
/// where these aren't loaded and weren't to be; not_permitted; no_memory.
Result<std::shared_ptr<SocketWalks>> shared_walks(Loading loading, Walks wanted);

}  // namespace tcptable::sys
