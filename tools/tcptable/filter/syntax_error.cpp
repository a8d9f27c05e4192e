// SPDX-License-Identifier: MIT
// Putting the caret under the right cell.
#include "tcptable/filter/syntax_error.hpp"

#include <algorithm>

#include "tcptable/output/display.hpp"

namespace tool::filter {
namespace {

struct Shown {
  std::string text;
  std::size_t width = 0;
};

// As escape(), but a space stays a space wherever it stands: this is no table.
Shown shown(std::string_view bytes) {
  Shown result;
  while (!bytes.empty()) {
    const std::size_t spaces = std::min(bytes.find_first_not_of(' '), bytes.size());
    result.text.append(spaces, ' ');
    bytes.remove_prefix(spaces);
    const DisplayText word = escape(bytes.substr(0, bytes.find(' ')));
    result.text += word.text();
    result.width += spaces + word.width();
    bytes.remove_prefix(std::min(bytes.find(' '), bytes.size()));
  }
  return result;
}

}  // namespace

std::string render(std::string_view filter, const SyntaxError& error) {
  const std::size_t begin = std::min(error.begin, filter.size());
  const std::size_t end = std::clamp(error.end, begin, filter.size());
  const Shown before = shown(filter.substr(0, begin));
  const Shown place = shown(filter.substr(begin, end - begin));
  const Shown behind = shown(filter.substr(end));
  std::string text = before.text + place.text + behind.text + '\n';
  text.append(before.width, ' ');
  text += '^';
  if (place.width > 1) text.append(place.width - 1, '~');
  return text + '\n' + shown(error.message).text + '\n';
}

}  // namespace tool::filter
