// SPDX-License-Identifier: MIT
// The console's functions that have no text.
#include "win32/console/screen.hpp"
#include "win32/export.hpp"
#include "win32/last_error.hpp"

#include <windows.h>

#include <termios.h>
#include <cerrno>

using namespace tcptable::win32;

namespace {

constexpr DWORD kOutputMode =
    ENABLE_PROCESSED_OUTPUT | ENABLE_WRAP_AT_EOL_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING;
constexpr DWORD kNeededOutputMode = ENABLE_PROCESSED_OUTPUT | ENABLE_WRAP_AT_EOL_OUTPUT;

struct ModeFlag {
  DWORD windows;
  tcflag_t terminal;
};
constexpr ModeFlag kInputModes[] = {
    {ENABLE_PROCESSED_INPUT, ISIG}, {ENABLE_LINE_INPUT, ICANON}, {ENABLE_ECHO_INPUT, ECHO}};

DWORD input_mode(const termios& settings) {
  DWORD mode = 0;
  for (const ModeFlag& flag : kInputModes) {
    if ((settings.c_lflag & flag.terminal) != 0) mode |= flag.windows;
  }
  return mode;
}

DWORD set_input_mode(int descriptor, DWORD mode) {
  termios settings{};
  if (::tcgetattr(descriptor, &settings) != 0) return windows_code(errno);
  for (const ModeFlag& flag : kInputModes) {
    settings.c_lflag =
        (mode & flag.windows) != 0 ? settings.c_lflag | flag.terminal : settings.c_lflag & ~flag.terminal;
  }
  return ::tcsetattr(descriptor, TCSANOW, &settings) == 0 ? NO_ERROR : windows_code(errno);
}

BOOL accept_only_utf8(UINT code_page) {
  return code_page == CP_UTF8 ? TRUE : fail_with(ERROR_INVALID_PARAMETER, FALSE);
}

}  // namespace

TCPTABLE_WIN32_EXPORT BOOL WINAPI
GetConsoleScreenBufferInfo(HANDLE hConsoleOutput, PCONSOLE_SCREEN_BUFFER_INFO lpConsoleScreenBufferInfo) {
  if (lpConsoleScreenBufferInfo == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return on_screen(hConsoleOutput, [&](const Screen& screen) -> DWORD {
    *lpConsoleScreenBufferInfo = screen.info();
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetConsoleTextAttribute(HANDLE hConsoleOutput, WORD wAttributes) {
  return on_screen(hConsoleOutput, [=](const Screen& screen) { return screen.set_colours(wAttributes); });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetConsoleCursorPosition(HANDLE hConsoleOutput, COORD dwCursorPosition) {
  return on_screen(hConsoleOutput, [=](const Screen& screen) { return screen.set_place(dwCursorPosition); });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetConsoleCursorInfo(HANDLE hConsoleOutput,
                                                       PCONSOLE_CURSOR_INFO lpConsoleCursorInfo) {
  if (lpConsoleCursorInfo == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return on_screen(hConsoleOutput, [=](const Screen& screen) -> DWORD {
    *lpConsoleCursorInfo = screen.cursor();
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetConsoleCursorInfo(HANDLE hConsoleOutput,
                                                       const CONSOLE_CURSOR_INFO* lpConsoleCursorInfo) {
  if (lpConsoleCursorInfo == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return on_screen(hConsoleOutput,
                   [=](const Screen& screen) { return screen.set_cursor(*lpConsoleCursorInfo); });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI FillConsoleOutputAttribute(HANDLE hConsoleOutput, WORD wAttribute,
                                                             DWORD nLength, COORD dwWriteCoord,
                                                             LPDWORD lpNumberOfAttrsWritten) {
  if (lpNumberOfAttrsWritten == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return on_screen(hConsoleOutput, [=](const Screen& screen) {
    return screen.fill(" ", {nLength, dwWriteCoord, wAttribute}, *lpNumberOfAttrsWritten);
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI FillConsoleOutputCharacterA(HANDLE hConsoleOutput, CHAR cCharacter,
                                                              DWORD nLength, COORD dwWriteCoord,
                                                              LPDWORD lpNumberOfCharsWritten) {
  if (lpNumberOfCharsWritten == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return on_screen(hConsoleOutput, [=](const Screen& screen) {
    return screen.fill({&cCharacter, 1}, {nLength, dwWriteCoord, screen.info().wAttributes},
                       *lpNumberOfCharsWritten);
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetConsoleMode(HANDLE hConsoleHandle, LPDWORD lpMode) {
  if (lpMode == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const auto console = console_of(hConsoleHandle);
    if (!console) return console.error();
    termios settings{};
    if (::tcgetattr((*console)->descriptor(), &settings) != 0) return windows_code(errno);
    *lpMode = (*console)->is_input() ? input_mode(settings) : kOutputMode;
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetConsoleMode(HANDLE hConsoleHandle, DWORD dwMode) {
  return succeed_or_fail([&]() -> ULONG {
    const auto console = console_of(hConsoleHandle);
    if (!console) return console.error();
    if ((*console)->is_input()) return set_input_mode((*console)->descriptor(), dwMode);
    return (dwMode & kNeededOutputMode) == kNeededOutputMode ? NO_ERROR : ERROR_INVALID_PARAMETER;
  });
}

TCPTABLE_WIN32_EXPORT UINT WINAPI GetConsoleCP(void) {
  return CP_UTF8;
}

TCPTABLE_WIN32_EXPORT UINT WINAPI GetConsoleOutputCP(void) {
  return CP_UTF8;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetConsoleCP(UINT wCodePageID) {
  return accept_only_utf8(wCodePageID);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetConsoleOutputCP(UINT wCodePageID) {
  return accept_only_utf8(wCodePageID);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetConsoleTitleA(LPCSTR lpConsoleTitle) {
  return set_title(lpConsoleTitle);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI WriteConsoleA(HANDLE hConsoleOutput, const VOID* lpBuffer,
                                                DWORD nNumberOfCharsToWrite, LPDWORD lpNumberOfCharsWritten,
                                                LPVOID /*lpReserved*/) {
  return write_console(hConsoleOutput, static_cast<const char*>(lpBuffer), nNumberOfCharsToWrite,
                       lpNumberOfCharsWritten);
}
