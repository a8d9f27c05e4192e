// SPDX-License-Identifier: MIT
// The table itself: headings, sockets, groups.
#pragma once

#include "tcptable/top/view/layout.hpp"
#include "tcptable/top/view/screen.hpp"

namespace tool::top {

void draw_headings(Screen& screen, const Choices& choices, const ColumnPlaces& columns, std::size_t y);
void draw_lines(Screen& screen, const LiveTable& table, const ViewState& state, const ColumnPlaces& columns,
                const Rooms& rooms);

}  // namespace tool::top
