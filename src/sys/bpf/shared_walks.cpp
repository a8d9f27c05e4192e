// SPDX-License-Identifier: MIT
#include "sys/bpf/shared_walks.hpp"

#include <pthread.h>

#include <mutex>
#include <optional>
#include <utility>

#include "sys/lasting.hpp"
#include "sys/process_mark.hpp"

namespace tcptable::sys {
namespace {

constinit std::mutex lock;

struct Shared {
  std::shared_ptr<SocketWalks> walks;
  ProcessMark mark;  // of the process that made them
  std::optional<Error> failure;
};
constinit Lasting<Shared> shared;
const GivenUpAtTheEnd given_up(lock, *shared);

// For good: nothing of them is freed, closed or unmapped.
void leave_to_others(std::shared_ptr<SocketWalks>& walks) {
  const Lasting left(std::move(walks));
}

// A child shares the parent's buffers, and threads that held their locks are not there: it leaves all to its
// parent.
void leave_to_parent() {
  if (shared->walks == nullptr) return;
  shared->walks->abandon();
  leave_to_others(shared->walks);
}

void begin_child() {
  leave_to_parent();
  lock.unlock();
}

// When the library is loaded: in a first call, a fork might come before.
[[maybe_unused]] const int registered =
    ::pthread_atfork([] { lock.lock(); }, [] { lock.unlock(); }, begin_child);

Result<void> load(std::shared_ptr<SocketWalks>& walks, Walks wanted) {
  if (walks == nullptr) {
    if (auto marked = shared->mark.set(); !marked) return marked;
    auto made = make_socket_walks();
    if (!made) return tl::unexpected(made.error());
    walks = std::move(*made);
  }
  return walks->load(wanted);
}

}  // namespace

Result<std::shared_ptr<SocketWalks>> shared_walks(Loading loading, Walks wanted) {
  const std::lock_guard guard(lock);
  auto& walks = shared->walks;
  if (!shared->mark.is_set()) leave_to_parent();  // here in a child that was made without fork handlers
  // Other threads may be using what has stopped working: it is left to them.
  if (walks != nullptr && !walks->still_work()) leave_to_others(walks);
  if (walks != nullptr && walks->has_loaded(wanted)) return walks;
  if (loading == Loading::only_if_loaded)
    return tl::unexpected(Error{Errc::not_supported, Step::load_bpf, 0});
  auto& failure = shared->failure;
  if (loading == Loading::unless_it_failed && failure) return tl::unexpected(*failure);
  auto loaded = load(walks, wanted);
  if (loaded) return walks;
  if (!is_shortage(loaded.error())) failure = loaded.error();
  return tl::unexpected(loaded.error());
}

}  // namespace tcptable::sys
