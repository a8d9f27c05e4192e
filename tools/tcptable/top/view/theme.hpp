// SPDX-License-Identifier: MIT
// How a change looks: by color where there is color, and always by a sign in front of the row.
#pragma once

#include <string_view>

#include "tcptable/top/model/sockets.hpp"
#include "tcptable/top/view/screen.hpp"

namespace tool::top {

/// Fresh changes are bold; what has closed fades to dim.
Style style_of(const Socket& socket, bool colors);

/// "+" appeared, "~" changed, "-" closed, " " none of it, as `tcptable diff` has them.
Label sign_of(Change change);

}  // namespace tool::top
