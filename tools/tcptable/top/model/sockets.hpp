// SPDX-License-Identifier: MIT
// The sockets of the live table: each snapshot is joined to what is known, so that a socket keeps its
// identity, and what appeared, changed or closed can be seen for a few refreshes.
#pragma once

#include <tcptable/snapshot.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "tcptable/columns/row_reader.hpp"

namespace tool::top {

enum class Change : std::uint8_t { none, appeared, changed, closed };

/// For how many refreshes a change can be seen; a closed socket is gone after them.
inline constexpr std::uint8_t kRefreshesShown = 3;

/// A snapshot with what reads it. It lives as long as a socket is shown as it was then.
struct View {
  View(tcptable::Snapshot taken, Names& names) : snapshot(std::move(taken)), reader(snapshot, names) {}
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  tcptable::Snapshot snapshot;
  RowReader reader;
};

struct Socket {
  std::uint64_t id = 0;  ///< Of the table alone: given when it was first seen, to no other.
  std::shared_ptr<View> view;
  const tcptable::SocketRow* row = nullptr;  ///< In the view.
  Change change = Change::none;
  std::uint8_t refreshes_left = 0;  ///< Until the change is no longer shown; kRefreshesShown at first.

  const tcptable::Process* owner() const { return view->snapshot.owner(*row); }
  /// Looking at the socket, until another of the same view is read.
  RowReader& reader() const {
    view->reader.look_at(*row);
    return view->reader;
  }
};

class Sockets {
 public:
  /// Takes linear time. A socket is known again by its cookie; where it has none, by protocol and endpoints,
  /// of several with the same ones in the snapshot's order.
  void update(std::shared_ptr<View> view);
  /// The next snapshot shows something else than the last did: what appears or vanishes with it means
  /// nothing.
  void expect_other_rows() { comparable_ = false; }

  /// Forgets all; the next snapshot has no news.
  void clear();

  std::span<const Socket> all() const { return sockets_; }

 private:
  struct Key {
    std::uint64_t cookie = 0;
    // Of sockets without a cookie alone:
    tcptable::Endpoint local, remote;
    tcptable::Protocol protocol = tcptable::Protocol::tcp;
    std::uint32_t interface = 0;
    std::uint32_t ordinal = 0;  // among those with the same endpoints
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const;
  };
  // How a socket is found again.
  struct Trace {
    Key key;
    std::uint32_t seen_in = 0;  // the round
    std::uint32_t twins = 0;    // seen in that round behind this one, which has ordinal 0
  };

  Key key_of(const tcptable::SocketRow& row);
  /// Adds it where it isn't known yet.
  std::size_t index_of(const tcptable::SocketRow& row);
  void take(const tcptable::SocketRow& row, const std::shared_ptr<View>& view);
  void age_all();
  void remove(std::size_t index);
  void remove_faded();

  std::vector<Socket> sockets_;
  std::vector<Trace> traces_;  // of sockets_
  std::unordered_map<Key, std::uint32_t, KeyHash> indices_;
  std::uint64_t next_id_ = 1;
  std::uint32_t round_ = 0;
  bool comparable_ = false;
};

}  // namespace tool::top
