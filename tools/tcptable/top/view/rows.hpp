// SPDX-License-Identifier: MIT
// The table itself: headings, sockets, groups.
#pragma once

#include "tcptable/top/view/layout.hpp"
#include "tcptable/top/view/screen.hpp"

namespace tool::top {

void draw_headings(Screen& screen, const Choices& choices, const Columns& columns, std::size_t y);
void draw_lines(Screen& screen, LiveTable& table, const ViewState& state, const Columns& columns,
                const Rooms& rooms);

}  // namespace tool::top
