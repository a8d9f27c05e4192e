// SPDX-License-Identifier: MIT
// How much of the screen each part gets.
#pragma once

#include <vector>

#include "tcptable/top/model/live_table.hpp"
#include "tcptable/top/view/view_state.hpp"

namespace tool::top {

/// Below this the screen says only so.
inline constexpr Size kSmallest{40, 8};

/// Lines of the screen, from above: title, choices, headings, table, details, footer.
struct Rooms {
  std::size_t table_top = 0;
  std::size_t table_height = 0;
  std::size_t details_top = 0;
  std::size_t details_height = 0;  ///< With the line above them; 0: closed.
};

Rooms rooms_for(Size size, const ViewState& state);

/// A column's place on the screen.
struct Span {
  ColumnId column = 0;
  std::size_t x = 0;
  std::size_t width = 0;
};

/// The widest text seen in each column, so that columns don't jump while rows come and go.
class SeenWidths {
 public:
  void forget() { widths_.clear(); }
  std::size_t widen(ColumnId column, std::size_t width);

 private:
  std::vector<std::size_t> widths_;
};

struct Columns {
  std::vector<Span> spans;
  bool more_left = false;   ///< Some are scrolled out.
  bool more_right = false;  ///< Some have no room.
};

/// Places as many of the chosen columns as have room, each as wide as its texts in view if that is possible.
Columns place_columns(LiveTable& table, const ViewState& state, std::size_t width, const Rooms& rooms,
                      SeenWidths& seen);

}  // namespace tool::top
