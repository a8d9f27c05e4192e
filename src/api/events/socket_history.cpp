// SPDX-License-Identifier: MIT
#include <tcptable/history.hpp>

#include <deque>
#include <unordered_map>

namespace tcptable {

struct SocketHistory::State {
  struct Entry {
    RememberedSocket socket;
    std::uint32_t seen_in = 0;  // the number of the snapshot
  };

  explicit State(std::size_t most) : most_ended(most) {}

  void remember(const SocketRow& row, const Process* owner, std::chrono::steady_clock::time_point now) {
    const auto [at, is_new] = sockets.try_emplace(row.cookie);
    Entry& entry = at->second;
    entry.seen_in = snapshots;
    entry.socket.row = row;
    entry.socket.ended = false;  // a dump may have skipped it before
    entry.socket.row.first_holder = entry.socket.row.holder_count = 0;
    if (is_new) entry.socket.known_since = now - std::chrono::milliseconds(row.minimum_age_ms);
    if (owner != nullptr) entry.socket.last_owner = *owner;
  }

  void end(std::uint64_t cookie, RememberedSocket& socket) {
    if (socket.ended) return;
    socket.ended = true;
    ended.push_back(cookie);
  }

  void forget_the_oldest() {
    for (; ended.size() > most_ended; ended.pop_front()) {
      const auto oldest = sockets.find(ended.front());
      if (oldest != sockets.end() && oldest->second.socket.ended) sockets.erase(oldest);
    }
  }

  std::unordered_map<std::uint64_t, Entry> sockets;
  std::deque<std::uint64_t> ended;  // cookies, in the order in which they ended
  std::size_t most_ended;
  std::uint32_t snapshots = 0;
};

SocketHistory::SocketHistory(std::size_t most_ended) : state_(std::make_unique<State>(most_ended)) {}
SocketHistory::SocketHistory(SocketHistory&&) noexcept = default;
SocketHistory& SocketHistory::operator=(SocketHistory&&) noexcept = default;
SocketHistory::~SocketHistory() = default;

std::vector<std::uint64_t> SocketHistory::learn(const Snapshot& snapshot) {
  ++state_->snapshots;
  const auto now = std::chrono::steady_clock::now();
  for (const SocketRow& row : snapshot.rows()) {
    if (row.cookie != 0) state_->remember(row, snapshot.owner(row), now);
  }
  std::vector<std::uint64_t> missing;
  for (auto& [cookie, entry] : state_->sockets) {
    if (entry.socket.ended || entry.seen_in == state_->snapshots) continue;
    missing.push_back(cookie);
    state_->end(cookie, entry.socket);
  }
  state_->forget_the_oldest();
  return missing;
}

void SocketHistory::learn(const Event& event) {
  if (event.row.cookie == 0) return;
  const auto [at, is_new] = state_->sockets.try_emplace(event.row.cookie);
  State::Entry& entry = at->second;
  RememberedSocket& socket = entry.socket;
  if (is_new) {
    socket.row = event.row;
    socket.known_since = event.monotonic_time;
  }
  entry.seen_in = state_->snapshots;
  if (event.owner) socket.last_owner = event.owner;
  if (event.kind == EventKind::closed || event.kind == EventKind::connect_failed) {
    state_->end(event.row.cookie, socket);
    state_->forget_the_oldest();
  } else {
    socket.opened_at = event.time;
    socket.ended = false;  // a socket may connect once more
  }
}

const RememberedSocket* SocketHistory::find(std::uint64_t cookie) const {
  const auto found = state_->sockets.find(cookie);
  return found == state_->sockets.end() ? nullptr : &found->second.socket;
}

std::size_t SocketHistory::size() const {
  return state_->sockets.size();
}

}  // namespace tcptable
