// SPDX-License-Identifier: MIT
// The one choke point between bytes that others chose (process names, user names, host names) and a terminal.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// Takes the user's locale for LC_CTYPE, or the C locale where that isn't UTF-8: there escape() lets pass
/// nothing but ASCII, as other bytes could be control characters to such a terminal.
void adopt_terminal_charset();

/// Text that is safe to print: only printable characters that the terminal's charset has. Made only by
/// escape(), so that raw text doesn't compile where this is asked for.
class DisplayText {
 public:
  const std::string& text() const { return text_; }
  /// Terminal cells.
  std::size_t width() const { return width_; }

 private:
  friend DisplayText escape(std::string_view bytes);

  std::string text_;
  std::size_t width_ = 0;
};

/// Printable characters as they are, everything else visibly: \n, \x1b, \u202e, and \xff for bytes that are
/// no UTF-8. A backslash becomes two, so that nothing can look like an escape. A space that could pass for
/// the gap between two columns (first, last, or behind another) becomes \x20.
DisplayText escape(std::string_view bytes);

/// Terminal cells of a character (0: it combines with the one before), or nullopt for one that must not reach
/// a terminal as it is.
std::optional<std::size_t> cell_width(char32_t c);

/// The next code point of `bytes` from `at` on, which it moves; nullopt, moving by one, when there is no
/// valid UTF-8 there (overlong forms and surrogates are not).
std::optional<char32_t> next_code_point(std::string_view bytes, std::size_t& at);

}  // namespace tool
