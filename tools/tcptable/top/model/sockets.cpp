// SPDX-License-Identifier: MIT
// The join: one look-up for each row, and one pass over all that is known.
#include "tcptable/top/model/sockets.hpp"

#include <functional>
#include <string_view>

namespace tool::top {
namespace {

using tcptable::SocketRow;

std::size_t hash_of(const tcptable::Endpoint& endpoint) {
  const std::string_view bytes(reinterpret_cast<const char*>(endpoint.address.data()),
                               endpoint.address.size());
  return std::hash<std::string_view>()(bytes) * 31 + endpoint.port;
}

bool same(const tcptable::Process* a, const tcptable::Process* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a->pid == b->pid && a->start_time == b->start_time;
}

// What a viewer wants to be told of; queues change all the time.
bool differs(const Socket& socket, const SocketRow& row, const View& view) {
  const SocketRow& before = *socket.row;
  return before.state != row.state || before.remote != row.remote || before.interface != row.interface ||
         !same(socket.owner(), view.snapshot.owner(row));
}

}  // namespace

std::size_t Sockets::KeyHash::operator()(const Key& key) const {
  // Cookies are given in sequence on each processor: the identity would do, but for their high bits.
  if (key.cookie != 0) return std::hash<std::uint64_t>()(key.cookie * 0x9e3779b97f4a7c15ULL);
  return (hash_of(key.local) * 31 + hash_of(key.remote)) * 31 + key.ordinal;
}

Sockets::Key Sockets::key_of(const SocketRow& row) {
  Key key;
  key.cookie = row.cookie;
  if (row.cookie != 0) return key;
  key.local = row.local;
  key.remote = row.remote;
  key.protocol = row.protocol;
  key.interface = row.interface;
  const auto first = indices_.find(key);
  if (first != indices_.end() && traces_[first->second].seen_in == round_)
    key.ordinal = ++traces_[first->second].twins;
  return key;
}

std::size_t Sockets::index_of(const SocketRow& row) {
  const Key key = key_of(row);
  const auto [at, is_new] = indices_.try_emplace(key, static_cast<std::uint32_t>(sockets_.size()));
  if (is_new) {
    sockets_.emplace_back();
    traces_.push_back({key, 0, 0});
  }
  traces_[at->second].seen_in = round_;
  traces_[at->second].twins = 0;
  return at->second;
}

void Sockets::take(const SocketRow& row, const std::shared_ptr<View>& view) {
  Socket& socket = sockets_[index_of(row)];
  const auto show = [&](Change change) {
    socket.change = comparable_ ? change : Change::none;
    socket.refreshes_left = kRefreshesShown;
  };
  if (socket.id == 0 || socket.change == Change::closed) {
    socket.id = next_id_++;
    show(Change::appeared);
  } else if (differs(socket, row, *view)) {
    show(Change::changed);
  }
  socket.row = &row;
  socket.view = view;
}

void Sockets::age_all() {
  for (std::size_t i = 0; i < sockets_.size(); ++i) {
    Socket& socket = sockets_[i];
    if (socket.change != Change::none && --socket.refreshes_left == 0 && socket.change != Change::closed)
      socket.change = Change::none;
  }
}

void Sockets::remove(std::size_t index) {
  indices_.erase(traces_[index].key);
  if (index + 1 != sockets_.size()) {
    sockets_[index] = std::move(sockets_.back());
    traces_[index] = traces_.back();
    indices_[traces_[index].key] = static_cast<std::uint32_t>(index);
  }
  sockets_.pop_back();
  traces_.pop_back();
}

void Sockets::remove_faded() {
  for (std::size_t i = 0; i < sockets_.size();) {
    Socket& socket = sockets_[i];
    const bool vanished = traces_[i].seen_in != round_;
    if (vanished && socket.change != Change::closed) {
      socket.change = Change::closed;
      socket.refreshes_left = comparable_ ? kRefreshesShown : 0;
    }
    if (vanished && socket.refreshes_left == 0) {
      remove(i);
    } else {
      ++i;
    }
  }
}

void Sockets::clear() {
  sockets_.clear();
  traces_.clear();
  indices_.clear();
  comparable_ = false;
}

void Sockets::update(std::shared_ptr<View> view) {
  ++round_;
  age_all();
  for (const SocketRow& row : view->snapshot.rows()) take(row, view);
  remove_faded();
  comparable_ = true;
}

}  // namespace tool::top
