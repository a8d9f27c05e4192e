// SPDX-License-Identifier: MIT
// One picture of the live table. Pure: it draws what it is given into memory.
#pragma once

#include "tcptable/top/view/layout.hpp"
#include "tcptable/top/view/screen.hpp"

namespace tool::top {

struct Frame {
  Screen screen;
  // Where the mouse finds what:
  Rooms rooms;
  std::vector<Span> headings;
};

/// The cursor must be in view (LiveTable::scroll_into_view). Only the rows in view are made into text.
Frame draw_frame(const LiveTable& table, const ViewState& state, Size size, SeenWidths& seen);

}  // namespace tool::top
