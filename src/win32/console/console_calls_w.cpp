// SPDX-License-Identifier: MIT
// The console's functions with wide text. Compiled twice, see win32/wide_unit.hpp.
#include "win32/console/screen.hpp"
#include "win32/export.hpp"
#include "win32/wide_unit.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetConsoleTitleW(LPCWSTR lpConsoleTitle) {
  return set_title(units(lpConsoleTitle));
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI WriteConsoleW(HANDLE hConsoleOutput, const VOID* lpBuffer,
                                                DWORD nNumberOfCharsToWrite, LPDWORD lpNumberOfCharsWritten,
                                                LPVOID /*lpReserved*/) {
  return write_console(hConsoleOutput, static_cast<const WideUnit*>(lpBuffer), nNumberOfCharsToWrite,
                       lpNumberOfCharsWritten);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI FillConsoleOutputCharacterW(HANDLE hConsoleOutput, WCHAR cCharacter,
                                                              DWORD nLength, COORD dwWriteCoord,
                                                              LPDWORD lpNumberOfCharsWritten) {
  if (lpNumberOfCharsWritten == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return on_screen(hConsoleOutput, [=](const Screen& screen) {
    const auto unit = static_cast<WideUnit>(cCharacter);
    return screen.fill(narrow_text(std::basic_string_view<WideUnit>(&unit, 1)),
                       {nLength, dwWriteCoord, screen.info().wAttributes}, *lpNumberOfCharsWritten);
  });
}
