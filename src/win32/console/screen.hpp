// SPDX-License-Identifier: MIT
// A terminal as Windows' console, and the functions for it that have a text, for any width of characters.
#pragma once

#include "win32/console/std_stream.hpp"
#include "win32/last_error.hpp"
#include "win32/system/own_names.hpp"

#include <wincon.h>

#include <string>
#include <string_view>

namespace tcptable::win32 {

class Screen {
 public:
  explicit Screen(const StdStream& stream) : stream_(stream) {}

  CONSOLE_SCREEN_BUFFER_INFO info() const;
  CONSOLE_CURSOR_INFO cursor() const;

  // These give a Windows code.
  DWORD set_colours(WORD attributes) const;
  DWORD set_place(COORD place) const;
  DWORD set_cursor(const CONSOLE_CURSOR_INFO& cursor) const;
  DWORD write(std::string_view text) const { return stream_.write(text); }

  struct Range {
    DWORD length;
    COORD from;
    WORD colours;
  };
  /// As often as fits between the place and the end of the screen.
  DWORD fill(std::string_view character, const Range& range, DWORD& written) const;

 private:
  COORD size() const;
  bool has(COORD place) const;

  const StdStream& stream_;
};

/// Runs `act(screen)`, which gives a Windows code.
template <typename Act>
BOOL on_screen(HANDLE handle, const Act& act) {
  return succeed_or_fail([&]() -> ULONG {
    const auto stream = console_output_of(handle);
    return stream ? act(Screen(**stream)) : stream.error();
  });
}

DWORD write_title(std::string_view title);

template <typename Char>
BOOL set_title(const Char* title) {
  if (title == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG { return write_title(narrow_text(title)); });
}

template <typename Char>
BOOL write_console(HANDLE handle, const Char* text, DWORD length, DWORD* written) {
  if (written != nullptr) *written = 0;
  if (text == nullptr && length != 0) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return on_screen(handle, [=](const Screen& screen) -> DWORD {
    const DWORD code = screen.write(narrow_text(std::basic_string_view<Char>(text, length)));
    if (code == NO_ERROR && written != nullptr) *written = length;
    return code;
  });
}

}  // namespace tcptable::win32
