// SPDX-License-Identifier: MIT
#include "win32/console/escapes.hpp"

namespace tcptable::win32 {
namespace {

constexpr int kForeground = 30;
constexpr int kBackground = 40;
constexpr int kBright = 60;
constexpr unsigned kBackgroundShift = 4;

// Windows' bits are blue, green, red; those of ECMA-48 the other way round.
int colour_number(unsigned bits) {
  return ((bits & FOREGROUND_RED) != 0 ? 1 : 0) + ((bits & FOREGROUND_GREEN) != 0 ? 2 : 0) +
         ((bits & FOREGROUND_BLUE) != 0 ? 4 : 0) + ((bits & FOREGROUND_INTENSITY) != 0 ? kBright : 0);
}

}  // namespace

std::string colour_escape(WORD attributes) {
  const unsigned foreground = attributes & 0xFU;
  const unsigned background = attributes >> kBackgroundShift & 0xFU;
  std::string escape = "\x1b[0";
  if (foreground != kOwnColours) escape += ";" + std::to_string(kForeground + colour_number(foreground));
  if (background != 0) escape += ";" + std::to_string(kBackground + colour_number(background));
  if ((attributes & COMMON_LVB_UNDERSCORE) != 0) escape += ";4";
  if ((attributes & COMMON_LVB_REVERSE_VIDEO) != 0) escape += ";7";
  return escape + "m";
}

std::string place_escape(COORD place) {
  return "\x1b[" + std::to_string(place.Y + 1) + ";" + std::to_string(place.X + 1) + "H";
}

std::string cursor_escape(bool visible) {
  return visible ? "\x1b[?25h" : "\x1b[?25l";
}

std::string title_escape(std::string_view title) {
  std::string escape = "\x1b]0;";
  for (const char byte : title) {
    if (static_cast<unsigned char>(byte) >= ' ' && byte != '\x7f') escape += byte;
  }
  return escape + "\x07";
}

std::string aside_escape(COORD place, std::string_view text) {
  std::string escape =
      "\x1b"
      "7" +
      place_escape(place);
  escape.append(text);
  return escape +
         "\x1b"
         "8";
}

}  // namespace tcptable::win32
