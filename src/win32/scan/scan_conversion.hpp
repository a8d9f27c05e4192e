// SPDX-License-Identifier: MIT
// One conversion of a scanning format: "%-5" has no place here, so it is a star, a width, a size and a
// letter.
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>

namespace tcptable::win32 {

/// How wide the number is that is stored; `l` means 32 bits, as on Windows.
enum class NumberSize { bits8, bits16, bits32, bits64, long_double };

struct ScanConversion {
  bool is_stored = true;  ///< No star.
  std::size_t width = std::numeric_limits<std::size_t>::max();
  bool has_width = false;
  NumberSize size = NumberSize::bits32;
  bool has_l = false;    ///< Makes a double of a float.
  char letter = 0;       ///< 0 for what is no conversion.
  std::string_view set;  ///< What is between the brackets, with the ^.
};

/// Reads what is behind a '%' and leaves `format` behind the conversion.
ScanConversion parse_scan_conversion(std::string_view& format) noexcept;

/// Whether the letters and ranges between brackets have this one.
bool set_has(std::string_view set, char letter) noexcept;

}  // namespace tcptable::win32
