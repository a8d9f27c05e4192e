// SPDX-License-Identifier: MIT
// What goes to a debugger, for any width of characters.
#pragma once

#include "win32/error_map.hpp"
#include "win32/system/own_names.hpp"

#include <string_view>

namespace tcptable::win32 {

bool is_traced();

void write_debug_text(std::string_view bytes) noexcept;

template <typename Char>
void output_debug_text(const Char* text) noexcept {
  if (text == nullptr) return;
  guarded([&]() -> ULONG {
    if (is_traced()) write_debug_text(narrow_text(text));
    return NO_ERROR;
  });
}

}  // namespace tcptable::win32
