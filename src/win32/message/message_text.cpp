// SPDX-License-Identifier: MIT
#include "win32/message/message_text.hpp"

#include "win32/message/insert_cursor.hpp"
#include "win32/message/line_writer.hpp"
#include "win32/print/conversion.hpp"

#include <type_traits>

namespace tcptable::win32 {
namespace {

// The wide characters that an insert of a message in `Char` may have.
template <typename Char>
using WideOf = std::conditional_t<std::is_same_v<Char, char>, wchar_t, Char>;

template <typename Char>
class MessageReader {
 public:
  using View = std::basic_string_view<Char>;
  using String = std::basic_string<Char>;

  MessageReader(View definition, MessageOptions options, InsertArguments& arguments)
      : rest_(definition),
        ignore_inserts_(options.ignore_inserts),
        arguments_(arguments),
        writer_(options.width) {}

  std::optional<String> read() {
    while (!rest_.empty() && !ended_) {
      if (!read_one()) return std::nullopt;
    }
    return writer_.finish();
  }

 private:
  bool read_one() {
    const Char unit = take();
    if (unit == Char{'%'}) return read_sequence();
    if (unit == Char{'\r'} || unit == Char{'\n'}) {
      if (unit == Char{'\r'} && next_is('\n')) take();
      writer_.source_line_break();
    } else {
      writer_.put(unit);
    }
    return true;
  }

  bool read_sequence() {
    if (rest_.empty()) return false;
    if (read_layout_sequence()) return true;
    if (ignore_inserts_) {
      writer_.put(Char{'%'});
      if (next_is('%')) writer_.put(take());
      return true;
    }
    if (next_is_digit()) return read_insert();
    writer_.put(take());
    return true;
  }

  // The sequences that work with and without inserts.
  bool read_layout_sequence() {
    if (next_is('0')) {
      ended_ = true;
    } else if (next_is('n')) {
      writer_.hard_line_break();
    } else if (next_is('r')) {
      writer_.carriage_return();
    } else if (next_is('t')) {
      writer_.put(Char{'\t'});
    } else {
      return false;
    }
    take();
    return true;
  }

  bool read_insert() {
    if (!arguments_.present()) return false;
    std::size_t number = take_digit();
    if (next_is_digit()) number = number * 10 + take_digit();
    InsertCursor cursor(arguments_, number);
    Conversion conversion;
    if (next_is('!')) {
      take();
      const auto given = read_conversion(cursor);
      if (!given) return false;
      conversion = *given;
    }
    for (const Char unit : print_value<Char, WideOf<Char>>(conversion, cursor.value())) writer_.put(unit);
    return true;
  }

  // What stands between the exclamation marks; messages have no floating numbers.
  std::optional<Conversion> read_conversion(InsertCursor& cursor) {
    const std::size_t end = rest_.find(Char{'!'});
    if (end == View::npos) return std::nullopt;
    // A format is of ASCII characters; anything else becomes one that no format has.
    std::string text;
    for (const Char unit : rest_.substr(0, end))
      text.push_back(unit > 0 && unit < 0x7F ? static_cast<char>(unit) : '?');
    rest_.remove_prefix(end + 1);
    std::optional<Conversion> conversion = parse_conversion(text);
    if (!conversion || conversion->is_float()) return std::nullopt;
    if (conversion->width_is_argument) conversion->set_width(cursor.star());
    if (conversion->precision_is_argument) conversion->set_precision(cursor.star());
    return conversion;
  }

  Char take() {
    const Char unit = rest_.front();
    rest_.remove_prefix(1);
    return unit;
  }

  std::size_t take_digit() { return static_cast<std::size_t>(take() - Char{'0'}); }

  bool next_is(char wanted) const { return !rest_.empty() && rest_.front() == static_cast<Char>(wanted); }

  bool next_is_digit() const {
    return !rest_.empty() && rest_.front() >= Char{'0'} && rest_.front() <= Char{'9'};
  }

  View rest_;
  const bool ignore_inserts_;
  InsertArguments& arguments_;
  LineWriter<Char> writer_;
  bool ended_ = false;
};

}  // namespace

template <typename Char>
std::optional<std::basic_string<Char>> message_text(std::basic_string_view<Char> definition,
                                                    MessageOptions options, InsertArguments& arguments) {
  return MessageReader<Char>(definition, options, arguments).read();
}

template std::optional<std::string> message_text(std::string_view, MessageOptions, InsertArguments&);
template std::optional<std::u16string> message_text(std::u16string_view, MessageOptions, InsertArguments&);
template std::optional<std::wstring> message_text(std::wstring_view, MessageOptions, InsertArguments&);

}  // namespace tcptable::win32
