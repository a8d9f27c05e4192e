// SPDX-License-Identifier: MIT
// One insert of a message, as printf formats it on Windows: `l` is 32 bits, `ll` and `I64` are 64, and a
// string is of the message's own width unless `h`, `l`, `w` or `S` says otherwise.
#pragma once

#include "win32/message/insert_arguments.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tcptable::win32 {

/// What `!...!` said, or `s` where it was not there.
struct InsertFormat {
  enum class Size { normal, half, wide, long_long };

  std::string flags;  // of "-+ #0"
  std::optional<int> width;
  std::optional<int> precision;
  Size size = Size::normal;
  char conversion = 's';
};

/// Where the arguments of one insert are: its number, and those after it once a `*` has taken that.
class InsertCursor {
 public:
  InsertCursor(InsertArguments& arguments, std::size_t number) : arguments_(arguments), number_(number) {}

  int star() {
    const std::uintptr_t value = starred_ ? arguments_.next() : arguments_.at(number_);
    starred_ = true;
    return static_cast<int>(value);
  }

  std::uintptr_t value() { return starred_ ? arguments_.next_after_stars() : arguments_.at(number_); }

 private:
  InsertArguments& arguments_;
  std::size_t number_;
  bool starred_ = false;
};

/// Reads the characters between the exclamation marks; nothing where Windows has no such format.
std::optional<InsertFormat> parse_insert_format(std::string_view text, InsertCursor& cursor);

/// The text of one insert in the message's own characters.
template <typename Char>
std::basic_string<Char> format_insert(const InsertFormat& format, std::uintptr_t value);

extern template std::string format_insert<char>(const InsertFormat&, std::uintptr_t);
extern template std::u16string format_insert<char16_t>(const InsertFormat&, std::uintptr_t);
extern template std::wstring format_insert<wchar_t>(const InsertFormat&, std::uintptr_t);

}  // namespace tcptable::win32
