// SPDX-License-Identifier: MIT
// OutputDebugStringW. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/system/debug_output.hpp"
#include "win32/wide_unit.hpp"

#include <debugapi.h>

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT VOID WINAPI OutputDebugStringW(LPCWSTR lpOutputString) {
  output_debug_text(units(lpOutputString));
}
