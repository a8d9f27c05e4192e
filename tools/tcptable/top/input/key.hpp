// SPDX-License-Identifier: MIT
// What a terminal reports, in words of our own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>

namespace tool::top {

/// What keys mean.
enum class Mode : std::uint8_t { table, search, filter, columns, help };

struct Key {
  enum class Name : std::uint8_t {
    character,
    up,
    down,
    left,
    right,
    page_up,
    page_down,
    home,
    end,
    enter,
    escape,
    backspace
  };
  Name name = Name::character;
  char32_t character = 0;  ///< Of Name::character alone.
  friend bool operator==(const Key&, const Key&) = default;
};

constexpr Key character(char32_t c) {
  return {Key::Name::character, c};
}
constexpr char32_t control(char c) {
  return static_cast<char32_t>(c) & 0x1f;
}

struct Mouse {
  enum class What : std::uint8_t { click, wheel_up, wheel_down };
  What what = What::click;
  std::size_t x = 0;
  std::size_t y = 0;
};

using Event = std::variant<Key, Mouse>;

}  // namespace tool::top
