// SPDX-License-Identifier: MIT
// For the files that are compiled twice, for a wchar_t of 4 bytes and with -fshort-wchar for one of 2: the
// headers give each function a symbol of its own then. No template of the standard library may see wchar_t
// there, for its name would be the same for both sizes; this is the type to work with instead.
#pragma once

#include <type_traits>

namespace tcptable::win32 {
// Not shared between files, since it is not the same in all.
namespace {

using WideUnit = std::conditional_t<sizeof(wchar_t) == sizeof(char16_t), char16_t, wchar_t>;

[[maybe_unused]] WideUnit* units(wchar_t* text) {
  return reinterpret_cast<WideUnit*>(text);
}
[[maybe_unused]] const WideUnit* units(const wchar_t* text) {
  return reinterpret_cast<const WideUnit*>(text);
}

}  // namespace
}  // namespace tcptable::win32
