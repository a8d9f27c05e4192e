// SPDX-License-Identifier: MIT
// Green, yellow, red; bold, underlined, dim without colors.
#include "tcptable/top/view/theme.hpp"

namespace tool::top {

Style style_of(const Socket& socket, bool colors) {
  Style style;
  style.bold = socket.change != Change::none && socket.refreshes_left == kRefreshesShown;
  style.dim = socket.change == Change::closed && socket.refreshes_left == 1;
  if (!colors) {
    style.underline = socket.change == Change::changed;
    style.dim = socket.change == Change::closed;
    style.bold = socket.change == Change::appeared;
    return style;
  }
  switch (socket.change) {
    case Change::none:
      break;
    case Change::appeared:
      style.color = Color::green;
      break;
    case Change::changed:
      style.color = Color::yellow;
      break;
    case Change::closed:
      style.color = Color::red;
      break;
  }
  return style;
}

Label sign_of(Change change) {
  switch (change) {
    case Change::none:
      break;
    case Change::appeared:
      return "+";
    case Change::changed:
      return "~";
    case Change::closed:
      return "-";
  }
  return " ";
}

}  // namespace tool::top
