// SPDX-License-Identifier: MIT
// What lies below the table or over it: details of a socket, the choice of columns, the help.
#pragma once

#include "tcptable/top/view/layout.hpp"
#include "tcptable/top/view/screen.hpp"

namespace tool::top {

void draw_details(Screen& screen, const ViewState& state, const Rooms& rooms);
void draw_chooser(Screen& screen, const Choices& choices, const ViewState& state);
void draw_help(Screen& screen, const ViewState& state);

/// Lines that the help has, and the most of them in view at once.
std::size_t help_length();
std::size_t help_height(Size size);

/// The furthest that the details can be scrolled, in lines.
std::size_t last_details_top(Size size, const ViewState& state);

}  // namespace tool::top
