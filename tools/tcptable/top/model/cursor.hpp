// SPDX-License-Identifier: MIT
// Where the viewer is among the lines: the selected one, which stays selected while lines move, and the first
// one in view.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>

#include "tcptable/top/model/arrangement.hpp"

namespace tool::top {

class Cursor {
 public:
  std::size_t position() const { return position_; }
  std::size_t top() const { return top_; }

  /// Selects the line at `position`, or the nearest there is.
  void move_to(std::ptrdiff_t position, const Arrangement& arrangement, std::span<const Socket> sockets);
  /// Back to the first line, whatever socket is there.
  void release();
  /// Finds the selected line again; where it has gone, what took its position is selected.
  void follow(const Arrangement& arrangement, std::span<const Socket> sockets);
  /// Keeps the selected line within a view of `height` lines, and no empty line above the end.
  void scroll_into_view(std::size_t line_count, std::size_t height);

 private:
  std::optional<LineId> selected_;
  std::size_t position_ = 0;
  std::size_t top_ = 0;
};

/// The socket of the line at the cursor; nullptr on a group's line, or where there is no line.
const Socket* socket_at(const Cursor& cursor, const Arrangement& arrangement,
                        std::span<const Socket> sockets);

}  // namespace tool::top
