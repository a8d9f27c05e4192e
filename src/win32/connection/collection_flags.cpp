// SPDX-License-Identifier: MIT
#include "win32/connection/collection_flags.hpp"

#include "win32/forks.hpp"

#include <algorithm>

namespace tcptable::win32 {
namespace {

constexpr std::size_t kLeastLimit = 1024;

bool has_gone(const SocketKey& key) {
  const auto found = find_socket(key);
  return !found && found.error().code == Errc::not_found;
}

std::mutex& lock_of_the_process() {
  return collection_flags().lock();
}
[[maybe_unused]] const bool held = hold_over_forks<lock_of_the_process>();

}  // namespace

Switches CollectionFlags::of(std::uint64_t cookie) const {
  const std::lock_guard guard(lock_);
  const auto at = by_cookie_.find(cookie);
  return at == by_cookie_.end() ? Switches{0} : at->second.switches;
}

void CollectionFlags::change(const SocketKey& key, Switches on, Switches off) {
  const std::lock_guard guard(lock_);
  Entry& entry = by_cookie_[key.cookie];
  entry.key = key;
  entry.switches = static_cast<Switches>((entry.switches & ~off) | on);
  if (entry.switches == 0) by_cookie_.erase(key.cookie);
  if (by_cookie_.size() > limit_) drop_gone();
}

std::size_t CollectionFlags::size() const {
  const std::lock_guard guard(lock_);
  return by_cookie_.size();
}

void CollectionFlags::drop_gone() {
  std::erase_if(by_cookie_, [this](const auto& entry) { return is_gone_(entry.second.key); });
  limit_ = std::max(least_limit_, by_cookie_.size() * 2);
}

CollectionFlags& collection_flags() {
  // Never destroyed: a program's own destructors may still ask.
  static CollectionFlags* const flags = new CollectionFlags(has_gone, kLeastLimit);
  return *flags;
}

}  // namespace tcptable::win32
