// SPDX-License-Identifier: MIT
// How much of the screen each part gets.
#pragma once

#include <unordered_map>
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
  const Column* column = nullptr;
  std::size_t x = 0;
  std::size_t width = 0;
};

/// The widest text seen in each column, so that columns don't jump while rows come and go.
class SeenWidths {
 public:
  void forget() { widths_.clear(); }
  std::size_t widen(const Column& column, std::size_t width);

 private:
  std::unordered_map<const Column*, std::size_t> widths_;
};

struct ColumnPlaces {
  std::vector<Span> spans;
  bool more_left = false;   ///< Some are scrolled out.
  bool more_right = false;  ///< Some have no room.
};

/// Numbers to compare stand at the right end of their column.
bool is_to_the_right(const Column& column);

/// Places as many of the chosen columns as have room, each as wide as its texts in view if that is possible.
ColumnPlaces place_columns(const LiveTable& table, const ViewState& state, std::size_t width,
                           const Rooms& rooms, SeenWidths& seen);

}  // namespace tool::top
