// SPDX-License-Identifier: MIT
// The model as a whole: sockets, how they are arranged, where the viewer is. Knows no terminal and no key.
#pragma once

#include <tcptable/snapshot.hpp>

#include <chrono>

#include "tcptable/top/model/arrangement.hpp"
#include "tcptable/top/model/cursor.hpp"

namespace tool::top {

class LiveTable {
 public:
  explicit LiveTable(Choices choices) : choices_(std::move(choices)) {}
  LiveTable(const LiveTable&) = delete;
  LiveTable& operator=(const LiveTable&) = delete;

  void update(tcptable::Snapshot snapshot);
  /// As an update without any socket, none of which has closed.
  void clear();
  /// Changes how the sockets are shown. What a snapshot must be taken for is shown after the next update().
  void choose(Choices choices);
  void toggle_fold(const Group& group);

  void move_by(std::ptrdiff_t lines) { move_to(static_cast<std::ptrdiff_t>(cursor_.position()) + lines); }
  void move_to(std::ptrdiff_t position) { cursor_.move_to(position, arrangement_, sockets_.all()); }
  void release_cursor() { cursor_.release(); }
  void scroll_into_view(std::size_t height) { cursor_.scroll_into_view(lines().size(), height); }
  /// Selects the next line whose shown columns contain the text, from `start` lines below the cursor on, and
  /// around; backwards from as many above. False, and nothing changes, where there is none.
  bool search(std::string_view text, std::ptrdiff_t start, bool backwards);

  const Choices& choices() const { return choices_; }
  const std::vector<Line>& lines() const { return arrangement_.lines(); }
  const Arrangement& arrangement() const { return arrangement_; }
  const Cursor& cursor() const { return cursor_; }
  const Socket& socket(const Line& line) const { return sockets_.all()[line.index]; }
  /// nullptr on a group's line, or where there is no line.
  const Socket* selected() const { return socket_at(cursor_, arrangement_, sockets_.all()); }
  /// nullptr on a socket's line, or where there is no line.
  const Group* selected_group() const;
  std::span<const Socket> sockets() const { return sockets_.all(); }
  /// For users and interfaces.
  Names& names() { return names_; }

  std::chrono::system_clock::time_point updated_at() const { return updated_at_; }
  const tcptable::Completeness& completeness() const { return completeness_; }

 private:
  void rearrange();

  Choices choices_;
  Names names_{false};
  Sockets sockets_;
  Arrangement arrangement_;
  Cursor cursor_;
  std::chrono::system_clock::time_point updated_at_;
  tcptable::Completeness completeness_;
};

}  // namespace tool::top
