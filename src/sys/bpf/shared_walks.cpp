// SPDX-License-Identifier: MIT
#include "sys/bpf/shared_walks.hpp"

#include <pthread.h>

#include <cerrno>
#include <mutex>
#include <optional>
#include <utility>

namespace tcptable::sys {
namespace {

struct Shared {
  std::mutex lock;
  std::unique_ptr<SocketWalks> walks;
  std::optional<Error> failure;
};

Shared& shared() {
  static Shared instance;
  return instance;
}

// The child shares the parent's buffers, and threads that held locks are not there: it leaves all to its
// parent.
void leave_to_parent() {
  if (shared().walks != nullptr) shared().walks.release()->abandon();
  shared().lock.unlock();
}

// When the library is loaded: in a first call, a fork might come before.
[[maybe_unused]] const int registered =
    ::pthread_atfork([] { shared().lock.lock(); }, [] { shared().lock.unlock(); }, leave_to_parent);

Result<void> load(std::unique_ptr<SocketWalks>& walks, Walks wanted) {
  if (walks == nullptr) {
    auto made = make_socket_walks();
    if (!made) return tl::unexpected(made.error());
    walks = std::move(*made);
  }
  return walks->load(wanted);
}

// Memory and descriptors that are short now may not be the next time.
bool is_lasting(const Error& error) {
  return error.code != Errc::no_memory && error.sys_errno != EMFILE && error.sys_errno != ENFILE;
}

}  // namespace

Result<SocketWalks*> shared_walks(Loading loading, Walks wanted) {
  const std::lock_guard lock(shared().lock);
  auto& walks = shared().walks;
  // Other threads may be using what has stopped working: it is left to them.
  if (walks != nullptr && !walks->still_work()) static_cast<void>(walks.release());
  if (walks != nullptr && walks->has_loaded(wanted)) return walks.get();
  if (loading == Loading::only_if_loaded)
    return tl::unexpected(Error{Errc::not_supported, Step::load_bpf, 0});
  auto& failure = shared().failure;
  if (loading == Loading::unless_it_failed && failure) return tl::unexpected(*failure);
  auto loaded = load(walks, wanted);
  if (loaded) return walks.get();
  if (is_lasting(loaded.error())) failure = loaded.error();
  return tl::unexpected(loaded.error());
}

}  // namespace tcptable::sys
