// SPDX-License-Identifier: MIT
// The scanf_s functions' way through a format and a text.
#pragma once

#include "win32/scan/scanned_text.hpp"

#include <cstdarg>
#include <string_view>

namespace tcptable::win32 {

/// The number of conversions that were stored; EOF where the text ends before the first, and with EINVAL in
/// errno for a conversion that there is not.
int scan(ScannedText& text, std::string_view format, va_list arguments);

}  // namespace tcptable::win32
