// SPDX-License-Identifier: MIT
#include "sys/bpf/shared_walks.hpp"

#include <pthread.h>

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

// A program may have closed every descriptor that it doesn't know, as daemons do.
bool still_work(SocketWalks& walks) {
  return walks.table_size(TCPTABLE_CONNECTIONS).has_value();
}

}  // namespace

Result<SocketWalks*> shared_walks(Loading loading) {
  const std::lock_guard lock(shared().lock);
  auto& walks = shared().walks;
  if (walks != nullptr && still_work(*walks)) return walks.get();
  // Other threads may be using what has stopped working: it is left to them.
  if (walks != nullptr) static_cast<void>(walks.release());
  if (loading == Loading::only_if_loaded)
    return tl::unexpected(Error{Errc::not_supported, Step::load_bpf, 0});
  auto& failure = shared().failure;
  if (loading == Loading::unless_it_failed && failure) return tl::unexpected(*failure);
  auto loaded = load_socket_walks();
  if (!loaded) {
    failure = loaded.error();
    return tl::unexpected(*failure);
  }
  walks = std::move(*loaded);
  return walks.get();
}

}  // namespace tcptable::sys
