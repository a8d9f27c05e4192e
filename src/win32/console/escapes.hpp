// SPDX-License-Identifier: MIT
// The escape sequences of ECMA-48 that stand for the console's functions.
#pragma once

#include <wincon.h>

#include <string>
#include <string_view>

namespace tcptable::win32 {

/// Grey on black, which means the terminal's own colours.
inline constexpr WORD kOwnColours = FOREGROUND_RED | FOREGROUND_GREEN | FOREGROUND_BLUE;

std::string colour_escape(WORD attributes);
std::string place_escape(COORD place);
std::string cursor_escape(bool visible);

/// Without the bytes that would end the sequence or begin another.
std::string title_escape(std::string_view title);

/// `text` at a place, behind which the cursor and the colours are as before.
std::string aside_escape(COORD place, std::string_view text);

}  // namespace tcptable::win32
