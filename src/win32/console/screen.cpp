// SPDX-License-Identifier: MIT
#include "win32/console/screen.hpp"

#include "win32/console/escapes.hpp"

#include <sys/ioctl.h>
#include <termios.h>
#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdint>

namespace tcptable::win32 {
namespace {

// A structure that is read and written whole. std::atomic of a structure, which is aligned as its members
// are, makes clang call libatomic, which nothing here is linked with.
template <typename Structure, typename Bits>
class AtomicBits {
 public:
  explicit AtomicBits(Structure value) : bits_(std::bit_cast<Bits>(value)) {}
  operator Structure() const { return std::bit_cast<Structure>(bits_.load()); }
  void operator=(Structure value) { bits_ = std::bit_cast<Bits>(value); }

 private:
  std::atomic<Bits> bits_;
};

// What was set last: a terminal can't be asked. One screen for all streams, as on Windows.
std::atomic<WORD> current_colours{kOwnColours};
AtomicBits<COORD, std::uint32_t> current_place{COORD{0, 0}};
AtomicBits<CONSOLE_CURSOR_INFO, std::uint64_t> current_cursor{CONSOLE_CURSOR_INFO{25, TRUE}};

constexpr winsize kUsualSize{.ws_row = 25, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};

SHORT as_short(unsigned number) {
  return static_cast<SHORT>(std::min(number, 0x7FFFU));
}

}  // namespace

COORD Screen::size() const {
  winsize size{};
  const bool known =
      ::ioctl(stream_.descriptor(), TIOCGWINSZ, &size) == 0 && size.ws_row != 0 && size.ws_col != 0;
  if (!known) size = kUsualSize;
  return {as_short(size.ws_col), as_short(size.ws_row)};
}

bool Screen::has(COORD place) const {
  const COORD end = size();
  return place.X >= 0 && place.Y >= 0 && place.X < end.X && place.Y < end.Y;
}

CONSOLE_SCREEN_BUFFER_INFO Screen::info() const {
  const COORD end = size();
  return {.dwSize = end,
          .dwCursorPosition = current_place,
          .wAttributes = current_colours,
          .srWindow = {0, 0, static_cast<SHORT>(end.X - 1), static_cast<SHORT>(end.Y - 1)},
          .dwMaximumWindowSize = end};
}

CONSOLE_CURSOR_INFO Screen::cursor() const {
  return current_cursor;
}

DWORD Screen::set_colours(WORD attributes) const {
  const DWORD code = write(colour_escape(attributes));
  if (code == NO_ERROR) current_colours = attributes;
  return code;
}

DWORD Screen::set_place(COORD place) const {
  if (!has(place)) return ERROR_INVALID_PARAMETER;
  const DWORD code = write(place_escape(place));
  if (code == NO_ERROR) current_place = place;
  return code;
}

DWORD Screen::set_cursor(const CONSOLE_CURSOR_INFO& cursor) const {
  constexpr DWORD kWhole = 100;
  if (cursor.dwSize == 0 || cursor.dwSize > kWhole) return ERROR_INVALID_PARAMETER;
  const DWORD code = write(cursor_escape(cursor.bVisible != FALSE));
  if (code == NO_ERROR) current_cursor = cursor;
  return code;
}

DWORD Screen::fill(std::string_view character, const Range& range, DWORD& written) const {
  written = 0;
  if (!has(range.from)) return ERROR_INVALID_PARAMETER;
  const COORD end = size();
  const int rest = (end.Y - range.from.Y) * end.X - range.from.X;
  const DWORD count = std::min(range.length, static_cast<DWORD>(rest));
  std::string text = colour_escape(range.colours);
  for (DWORD i = 0; i < count; ++i) text += character;
  const DWORD code = write(aside_escape(range.from, text));
  if (code == NO_ERROR) written = count;
  return code;
}

DWORD write_title(std::string_view title) {
  const auto stream = any_console_output();
  return stream != nullptr ? stream->write(title_escape(title)) : DWORD{ERROR_INVALID_HANDLE};
}

}  // namespace tcptable::win32
