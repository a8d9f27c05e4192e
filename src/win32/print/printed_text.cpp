// SPDX-License-Identifier: MIT
#include "win32/print/printed_text.hpp"

#include "win32/print/conversion.hpp"

#include <cstdint>
#include <string_view>

namespace tcptable::win32 {
namespace {

class ArgumentList {
 public:
  explicit ArgumentList(va_list list) { va_copy(list_, list); }
  ~ArgumentList() { va_end(list_); }
  ArgumentList(const ArgumentList&) = delete;
  ArgumentList& operator=(const ArgumentList&) = delete;

  int next_star() { return va_arg(list_, int); }
  double next_double() { return va_arg(list_, double); }
  long double next_long_double() { return va_arg(list_, long double); }

  std::uintptr_t next_value(const Conversion& conversion) {
    const bool is_address = conversion.type == 's' || conversion.type == 'S' || conversion.type == 'p';
    if (is_address) return reinterpret_cast<std::uintptr_t>(va_arg(list_, void*));
    if (conversion.size == Conversion::Size::long_long) return va_arg(list_, std::uintptr_t);
    return va_arg(list_, unsigned);
  }

 private:
  va_list list_;
};

// The specification behind a %, in ASCII: another character becomes one that no specification has.
template <typename Char>
std::string specification(std::basic_string_view<Char> text) {
  std::string result;
  for (const Char unit : text) {
    result += unit > 0 && unit < 0x7F ? static_cast<char>(unit) : '?';
    if (kBeforeConversionType.find(result.back()) == std::string_view::npos) break;
  }
  return result;
}

template <typename Char, typename Wide>
std::basic_string<Char> print_next(const Conversion& conversion, ArgumentList& arguments) {
  if (!conversion.is_float()) return print_value<Char, Wide>(conversion, arguments.next_value(conversion));
  const std::string digits = conversion.size == Conversion::Size::long_double
                                 ? print_float(conversion, arguments.next_long_double())
                                 : print_float(conversion, arguments.next_double());
  return {digits.begin(), digits.end()};
}

}  // namespace

template <typename Char, typename Wide>
PrintedText<Char> print_text(const Char* format, va_list list) {
  using View = std::basic_string_view<Char>;
  ArgumentList arguments(list);
  std::basic_string<Char> text;
  for (View rest = format; !rest.empty();) {
    const std::size_t literal = std::min(rest.find(Char{'%'}), rest.size());
    text += rest.substr(0, literal);
    rest.remove_prefix(literal);
    if (rest.empty()) break;
    rest.remove_prefix(1);
    if (!rest.empty() && rest.front() == Char{'%'}) {
      text += Char{'%'};
      rest.remove_prefix(1);
      continue;
    }
    const std::string characters = specification(rest);
    std::optional<Conversion> conversion = parse_conversion(characters);
    if (!conversion) return {std::move(text), false};
    rest.remove_prefix(characters.size());
    if (conversion->width_is_argument) conversion->set_width(arguments.next_star());
    if (conversion->precision_is_argument) conversion->set_precision(arguments.next_star());
    text += print_next<Char, Wide>(*conversion, arguments);
  }
  return {std::move(text), true};
}

template PrintedText<char> print_text<char, char16_t>(const char*, va_list);
template PrintedText<char> print_text<char, wchar_t>(const char*, va_list);
template PrintedText<char16_t> print_text<char16_t, char16_t>(const char16_t*, va_list);
template PrintedText<wchar_t> print_text<wchar_t, wchar_t>(const wchar_t*, va_list);

}  // namespace tcptable::win32
