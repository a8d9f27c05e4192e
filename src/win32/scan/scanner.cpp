// SPDX-License-Identifier: MIT
#include "win32/scan/scanner.hpp"

#include "win32/scan/scan_conversion.hpp"

#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <string>

namespace tcptable::win32 {
namespace {

bool is_blank(int character) {
  return character != EOF && std::isspace(character) != 0;
}

class Scanner {
 public:
  Scanner(ScannedText& text, va_list arguments) : text_(text) { va_copy(arguments_, arguments); }
  Scanner(const Scanner&) = delete;
  Scanner& operator=(const Scanner&) = delete;
  ~Scanner() { va_end(arguments_); }

  int scan(std::string_view format) {
    while (!format.empty()) {
      const char letter = format[0];
      format.remove_prefix(1);
      const bool goes_on = letter == '%' ? convert(parse_scan_conversion(format)) : match(letter);
      if (!goes_on) break;
    }
    return is_unknown_ ? (errno = EINVAL, EOF) : ended_early_ && stored_ == 0 ? EOF : stored_;
  }

 private:
  void skip_blanks() {
    while (is_blank(text_.next())) text_.take();
  }

  // A blank of the format is any number of them in the text, also none.
  bool match(char letter) {
    if (is_blank(static_cast<unsigned char>(letter))) {
      skip_blanks();
      return true;
    }
    if (text_.next() != static_cast<unsigned char>(letter)) return note_end();
    text_.take();
    return true;
  }

  bool note_end() {
    ended_early_ = text_.next() == EOF;
    return false;
  }

  bool convert(const ScanConversion& conversion) {
    switch (conversion.letter) {
      case 0:
        is_unknown_ = true;
        return false;
      case '%':
        skip_blanks();
        return match('%');
      case 'n':
        if (conversion.is_stored) store_number(conversion, static_cast<unsigned long long>(text_.taken()));
        return true;
      case 'c':
      case '[':
        return text_.next() == EOF ? note_end() : convert_letters(conversion);
      default:
        skip_blanks();
        if (text_.next() == EOF) return note_end();
        return conversion.letter == 's' ? convert_letters(conversion) : convert_number(conversion);
    }
  }

  static bool belongs(const ScanConversion& conversion, int character) {
    if (character == EOF) return false;
    if (conversion.letter == 's') return !is_blank(character);
    return conversion.letter == 'c' || set_has(conversion.set, static_cast<char>(character));
  }

  // What doesn't fit with its zero, which %c has none of, ends the scan and leaves an empty string.
  bool convert_letters(const ScanConversion& conversion) {
    const bool has_zero = conversion.letter != 'c';
    const std::size_t width = has_zero || conversion.has_width ? conversion.width : 1;
    char* const dst = conversion.is_stored ? va_arg(arguments_, char*) : nullptr;
    const std::size_t room = conversion.is_stored ? va_arg(arguments_, unsigned) : 0;
    std::size_t count = 0;
    for (; count < width && belongs(conversion, text_.next()); ++count) {
      if (dst != nullptr && count + (has_zero ? 1 : 0) >= room) return refuse(dst, room);
      if (dst != nullptr) dst[count] = static_cast<char>(text_.next());
      text_.take();
    }
    if (count == 0 || (!has_zero && count < width)) return note_end();
    if (dst != nullptr && has_zero) dst[count] = '\0';
    if (dst != nullptr) ++stored_;
    return true;
  }

  static bool refuse(char* dst, std::size_t room) {
    if (room != 0) dst[0] = '\0';
    errno = ENOMEM;
    return false;
  }

  // Takes the next character if it is one of these.
  bool take_one_of(std::string_view letters, std::string& number, std::size_t width) {
    const int next = text_.next();
    if (number.size() >= width || next == EOF || next == 0) return false;
    if (letters.find(static_cast<char>(next)) == std::string_view::npos) return false;
    number += static_cast<char>(next);
    text_.take();
    return true;
  }

  bool convert_number(const ScanConversion& conversion) {
    const bool is_real = std::string_view("eEfFgGaA").find(conversion.letter) != std::string_view::npos;
    const bool found = is_real ? convert_real(conversion) : convert_integer(conversion);
    return found || note_end();
  }

  bool convert_integer(const ScanConversion& conversion) {
    const char letter = conversion.letter;
    int base = letter == 'o' ? 8 : letter == 'i' ? 0 : 10;
    if (letter == 'x' || letter == 'X' || letter == 'p') base = 16;
    std::string number;
    std::size_t digits = 0;
    take_one_of("+-", number, conversion.width);
    if ((base == 0 || base == 16) && take_one_of("0", number, conversion.width)) {
      ++digits;
      const bool is_hex = take_one_of("xX", number, conversion.width);
      base = is_hex ? 16 : base == 0 ? 8 : base;
    }
    if (base == 0) base = 10;
    const std::string_view all = "0123456789abcdefABCDEF";
    const std::string_view allowed = all.substr(0, base == 8 ? 8 : base == 10 ? 10 : all.size());
    while (take_one_of(allowed, number, conversion.width)) ++digits;
    if (digits == 0) return false;
    if (!conversion.is_stored) return true;
    const bool is_signed = letter == 'd' || letter == 'i';
    const auto value = is_signed
                           ? static_cast<unsigned long long>(std::strtoll(number.c_str(), nullptr, base))
                           : std::strtoull(number.c_str(), nullptr, base);
    store_number(conversion, value);
    ++stored_;
    return true;
  }

  void store_number(const ScanConversion& conversion, unsigned long long value) {
    void* const dst = va_arg(arguments_, void*);
    const NumberSize size = conversion.letter == 'p' ? NumberSize::bits64 : conversion.size;
    if (size == NumberSize::bits8)
      *static_cast<unsigned char*>(dst) = static_cast<unsigned char>(value);
    else if (size == NumberSize::bits16)
      *static_cast<unsigned short*>(dst) = static_cast<unsigned short>(value);
    else if (size == NumberSize::bits32)
      *static_cast<unsigned*>(dst) = static_cast<unsigned>(value);
    else
      *static_cast<unsigned long long*>(dst) = value;
  }

  bool convert_real(const ScanConversion& conversion) {
    constexpr std::string_view kDigits = "0123456789";
    const std::size_t width = conversion.width;
    std::string number;
    std::size_t digits = 0;
    take_one_of("+-", number, width);
    while (take_one_of(kDigits, number, width)) ++digits;
    if (take_one_of(".", number, width)) {
      while (take_one_of(kDigits, number, width)) ++digits;
    }
    if (digits == 0) return false;
    if (take_one_of("eE", number, width)) {
      take_one_of("+-", number, width);
      while (take_one_of(kDigits, number, width)) {
      }
    }
    if (!conversion.is_stored) return true;
    void* const dst = va_arg(arguments_, void*);
    if (conversion.size == NumberSize::long_double)
      *static_cast<long double*>(dst) = std::strtold(number.c_str(), nullptr);
    else if (conversion.has_l)
      *static_cast<double*>(dst) = std::strtod(number.c_str(), nullptr);
    else
      *static_cast<float*>(dst) = std::strtof(number.c_str(), nullptr);
    ++stored_;
    return true;
  }

  ScannedText& text_;
  va_list arguments_;
  int stored_ = 0;
  bool ended_early_ = false;
  bool is_unknown_ = false;
};

}  // namespace

int scan(ScannedText& text, std::string_view format, va_list arguments) {
  return Scanner(text, arguments).scan(format);
}

}  // namespace tcptable::win32
