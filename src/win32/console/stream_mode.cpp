// SPDX-License-Identifier: MIT
// _setmode, which changes nothing, for text is UTF-8 and lines end alike in every mode; but not for every
// number.
#include "win32/export.hpp"

#include <io.h>

TCPTABLE_WIN32_EXPORT int _setmode(int descriptor, int mode) {
  const bool is_mode =
      mode == _O_TEXT || mode == _O_BINARY || mode == _O_WTEXT || mode == _O_U16TEXT || mode == _O_U8TEXT;
  if (::fcntl(descriptor, F_GETFD) < 0) return -1;
  if (!is_mode) {
    errno = EINVAL;
    return -1;
  }
  return _O_TEXT;
}
