// SPDX-License-Identifier: MIT
// What is seen besides the table: the mode, the prompt, messages, panes. Plain data: the controller changes
// it, the view reads it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tcptable/output/display.hpp"
#include "tcptable/top/input/key.hpp"
#include "tcptable/top/view/screen.hpp"

namespace tool::top {

struct Detail {
  Label label;
  DisplayText value;
};

struct ViewState {
  Mode mode = Mode::table;
  std::string prompt;   ///< What has been typed in Mode::search or Mode::filter.
  std::string message;  ///< What went wrong, until the next key or refresh; any bytes.
  bool paused = false;
  bool colors = true;
  DisplayText interval;          ///< "1 s"
  std::size_t first_column = 0;  ///< Of the chosen ones: those before are scrolled out.
  std::size_t chooser_line = 0;  ///< Selected in Mode::columns.
  std::size_t panel_top = 0;     ///< First line in view of the help.
  bool details_open = false;
  std::size_t details_top = 0;
  std::vector<Detail> details;  ///< Of the selected socket.
};

}  // namespace tool::top
