// SPDX-License-Identifier: MIT
// One conversion specification as Microsoft's C library reads and prints it: `l` is 32 bits, `ll` and `I64`
// are 64, and a string is of the text's own width unless `h`, `l`, `w` or an upper-case letter says
// otherwise. Printf and FormatMessage's inserts are both made of these. Source: the page "Format
// specification syntax: printf and wprintf functions".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tcptable::win32 {

struct Conversion {
  enum class Size {
    byte,       // hh
    half,       // h
    normal,     // none, I32
    wide,       // l, w
    long_long,  // ll, I64, and on 64-bit Windows I, j, t, z
    long_double
  };

  std::string flags;  // of "-+ #0"
  std::optional<int> width;
  std::optional<int> precision;
  bool width_is_argument = false;
  bool precision_is_argument = false;
  Size size = Size::normal;
  char type = 's';

  /// What a `*` stands for: a negative width justifies left, a negative precision is none.
  void set_width(int value);
  void set_precision(int value);

  bool left_justified() const { return flags.find('-') != std::string::npos; }
  bool is_text() const { return std::string_view("csCS").find(type) != std::string_view::npos; }
  bool is_float() const { return std::string_view("aAeEfFgG").find(type) != std::string_view::npos; }
};

/// The characters that may stand between the % and the letter that ends a specification.
inline constexpr std::string_view kBeforeConversionType = "-+ #0123456789.*hlLwIjzt";

/// Reads what follows the %, all of it; nothing where Windows has no such conversion.
std::optional<Conversion> parse_conversion(std::string_view text);

/// A conversion of any type but the floating ones in characters `Char`. Its strings and characters have the
/// width `Char`, or, where `Char` is char, char and `Wide`. A number's upper bits that the size leaves out
/// are ignored; a string's or a pointer's value is its address.
template <typename Char, typename Wide = Char>
std::basic_string<Char> print_value(const Conversion& conversion, std::uintptr_t value);

extern template std::string print_value<char, char16_t>(const Conversion&, std::uintptr_t);
extern template std::string print_value<char, wchar_t>(const Conversion&, std::uintptr_t);
extern template std::u16string print_value<char16_t>(const Conversion&, std::uintptr_t);
extern template std::wstring print_value<wchar_t>(const Conversion&, std::uintptr_t);

/// A floating conversion. `long double` is wider than Microsoft's, which is a double, so as to read the
/// argument of a program that this system's compiler made.
std::string print_float(const Conversion& conversion, double value);
std::string print_float(const Conversion& conversion, long double value);

}  // namespace tcptable::win32
