// SPDX-License-Identifier: MIT
// Sockets of the first document are kept by a key each; those of the second take them out.
#include "tcptable/diff/difference.hpp"

#include <fmt/format.h>

#include <unordered_map>

namespace tool::diff {
namespace {

std::string place(const RecordedSocket& socket) {
  return fmt::format("{} {}%{}:{} {}%{}:{}", socket.protocol, socket.local.address, socket.local.scope_id,
                     socket.local.port, socket.remote.address, socket.remote.scope_id, socket.remote.port);
}

bool tells_the_same(const RecordedSocket& a, const RecordedSocket& b) {
  return a.state == b.state && a.pid == b.pid && a.start_time == b.start_time;
}

class Unmatched {
 public:
  explicit Unmatched(const std::vector<RecordedSocket>& sockets) : sockets_(sockets), taken_(sockets.size()) {
    for (std::size_t i = 0; i < sockets.size(); ++i) {
      if (!sockets[i].cookie.empty()) by_cookie_.emplace(sockets[i].cookie, i);
      by_place_[place(sockets[i])].push_back(i);
    }
  }

  /// The socket that is `socket`, which is not found a second time; nullptr without one.
  const RecordedSocket* take(const RecordedSocket& socket) {
    const auto same = by_cookie_.find(socket.cookie);
    if (same != by_cookie_.end() && !taken_[same->second]) return take(same->second);
    const auto here = by_place_.find(place(socket));
    if (here == by_place_.end()) return nullptr;
    for (const std::size_t i : here->second) {
      // Where both have cookies these have been compared: another socket has taken the place.
      const bool may_be = socket.cookie.empty() || sockets_[i].cookie.empty();
      if (may_be && !taken_[i]) return take(i);
    }
    return nullptr;
  }

  bool is_taken(std::size_t i) const { return taken_[i]; }

 private:
  const RecordedSocket* take(std::size_t i) {
    taken_[i] = true;
    return &sockets_[i];
  }

  const std::vector<RecordedSocket>& sockets_;
  std::vector<bool> taken_;
  std::unordered_map<std::string, std::size_t> by_cookie_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_place_;
};

}  // namespace

std::vector<Difference> differences(const std::vector<RecordedSocket>& before,
                                    const std::vector<RecordedSocket>& after) {
  Unmatched unmatched(before);
  std::vector<Difference> found;
  for (const RecordedSocket& socket : after) {
    const RecordedSocket* was = unmatched.take(socket);
    if (was == nullptr || !tells_the_same(*was, socket)) found.push_back({was, &socket});
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!unmatched.is_taken(i)) found.push_back({&before[i], nullptr});
  }
  return found;
}

}  // namespace tool::diff
