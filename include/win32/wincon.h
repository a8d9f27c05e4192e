/* SPDX-License-Identifier: MIT */
/* The console, which is a terminal here: colours, the title, the cursor are its escape sequences. Where a
 * stream is no terminal, as behind a pipe, these give FALSE with ERROR_INVALID_HANDLE and nothing is written,
 * as on Windows. What the streams of stdio have in their buffers is written first. Source: the Microsoft page
 * of each function's name. */
#ifndef TCPTABLE_WIN32_WINCON_H
#define TCPTABLE_WIN32_WINCON_H

#include "processenv.h"
#include "tcptable_wide.h"
#include "windef.h"

#define FOREGROUND_BLUE 0x0001
#define FOREGROUND_GREEN 0x0002
#define FOREGROUND_RED 0x0004
#define FOREGROUND_INTENSITY 0x0008
#define BACKGROUND_BLUE 0x0010
#define BACKGROUND_GREEN 0x0020
#define BACKGROUND_RED 0x0040
#define BACKGROUND_INTENSITY 0x0080
#define COMMON_LVB_REVERSE_VIDEO 0x4000
#define COMMON_LVB_UNDERSCORE 0x8000

#define ENABLE_PROCESSED_INPUT 0x0001
#define ENABLE_LINE_INPUT 0x0002
#define ENABLE_ECHO_INPUT 0x0004
#define ENABLE_WINDOW_INPUT 0x0008
#define ENABLE_MOUSE_INPUT 0x0010
#define ENABLE_INSERT_MODE 0x0020
#define ENABLE_QUICK_EDIT_MODE 0x0040
#define ENABLE_EXTENDED_FLAGS 0x0080
#define ENABLE_PROCESSED_OUTPUT 0x0001
#define ENABLE_WRAP_AT_EOL_OUTPUT 0x0002
#define ENABLE_VIRTUAL_TERMINAL_PROCESSING 0x0004
#define DISABLE_NEWLINE_AUTO_RETURN 0x0008

#define CTRL_C_EVENT 0
#define CTRL_BREAK_EVENT 1
#define CTRL_CLOSE_EVENT 2
#define CTRL_LOGOFF_EVENT 5
#define CTRL_SHUTDOWN_EVENT 6

typedef struct _COORD {
  SHORT X;
  SHORT Y;
} COORD, *PCOORD;

typedef struct _SMALL_RECT {
  SHORT Left;
  SHORT Top;
  SHORT Right;
  SHORT Bottom;
} SMALL_RECT, *PSMALL_RECT;

/* Columns and rows. wAttributes is what was set last, FOREGROUND_RED | FOREGROUND_GREEN | FOREGROUND_BLUE at
 * first, which means the terminal's own colours. dwCursorPosition is where SetConsoleCursorPosition has put
 * it last, not where writing has moved it since. */
typedef struct _CONSOLE_SCREEN_BUFFER_INFO {
  COORD dwSize;
  COORD dwCursorPosition;
  WORD wAttributes;
  SMALL_RECT srWindow;
  COORD dwMaximumWindowSize;
} CONSOLE_SCREEN_BUFFER_INFO, *PCONSOLE_SCREEN_BUFFER_INFO;

typedef struct _CONSOLE_CURSOR_INFO {
  DWORD dwSize;
  BOOL bVisible;
} CONSOLE_CURSOR_INFO, *PCONSOLE_CURSOR_INFO;

typedef BOOL(WINAPI* PHANDLER_ROUTINE)(DWORD CtrlType);

#ifdef __cplusplus
extern "C" {
#endif

BOOL WINAPI GetConsoleScreenBufferInfo(HANDLE hConsoleOutput,
                                       PCONSOLE_SCREEN_BUFFER_INFO lpConsoleScreenBufferInfo);
BOOL WINAPI SetConsoleTextAttribute(HANDLE hConsoleOutput, WORD wAttributes);

/* From 0, 0. ERROR_INVALID_PARAMETER for a place outside the screen. */
BOOL WINAPI SetConsoleCursorPosition(HANDLE hConsoleOutput, COORD dwCursorPosition);

/* dwSize, 1 to 100, has no meaning to a terminal. */
BOOL WINAPI GetConsoleCursorInfo(HANDLE hConsoleOutput, PCONSOLE_CURSOR_INFO lpConsoleCursorInfo);
BOOL WINAPI SetConsoleCursorInfo(HANDLE hConsoleOutput, const CONSOLE_CURSOR_INFO* lpConsoleCursorInfo);

/* From a place to the end of the screen at most; the cursor stays. FillConsoleOutputAttribute writes blanks
 * in these colours, for a terminal can't colour what is there. */
BOOL WINAPI FillConsoleOutputCharacterA(HANDLE hConsoleOutput, CHAR cCharacter, DWORD nLength,
                                        COORD dwWriteCoord, LPDWORD lpNumberOfCharsWritten);
BOOL WINAPI FillConsoleOutputCharacterW(HANDLE hConsoleOutput, WCHAR cCharacter, DWORD nLength,
                                        COORD dwWriteCoord, LPDWORD lpNumberOfCharsWritten)
    TCPTABLE_WIN32_WIDE(FillConsoleOutputCharacterW);
BOOL WINAPI FillConsoleOutputAttribute(HANDLE hConsoleOutput, WORD wAttribute, DWORD nLength,
                                       COORD dwWriteCoord, LPDWORD lpNumberOfAttrsWritten);

/* Of an input: PROCESSED, LINE and ECHO are the terminal's ISIG, ICANON and ECHO, which stay set when the
 * program ends; the other flags of input are not there, and may be passed. Of an output: the first three are
 * always set, so that a mode without PROCESSED_OUTPUT or WRAP_AT_EOL gives ERROR_INVALID_PARAMETER. */
BOOL WINAPI GetConsoleMode(HANDLE hConsoleHandle, LPDWORD lpMode);
BOOL WINAPI SetConsoleMode(HANDLE hConsoleHandle, DWORD dwMode);

BOOL WINAPI SetConsoleTitleA(LPCSTR lpConsoleTitle);
BOOL WINAPI SetConsoleTitleW(LPCWSTR lpConsoleTitle) TCPTABLE_WIN32_WIDE(SetConsoleTitleW);

/* Text of so many characters. */
BOOL WINAPI WriteConsoleA(HANDLE hConsoleOutput, const VOID* lpBuffer, DWORD nNumberOfCharsToWrite,
                          LPDWORD lpNumberOfCharsWritten, LPVOID lpReserved);
BOOL WINAPI WriteConsoleW(HANDLE hConsoleOutput, const VOID* lpBuffer, DWORD nNumberOfCharsToWrite,
                          LPDWORD lpNumberOfCharsWritten, LPVOID lpReserved)
    TCPTABLE_WIN32_WIDE(WriteConsoleW);

/* CP_UTF8 always; FALSE with ERROR_INVALID_PARAMETER for any other. */
UINT WINAPI GetConsoleCP(void);
UINT WINAPI GetConsoleOutputCP(void);
BOOL WINAPI SetConsoleCP(UINT wCodePageID);
BOOL WINAPI SetConsoleOutputCP(UINT wCodePageID);

/* Handlers run on a thread of their own, the last added first, until one returns TRUE; if none does, the
 * process ends as without handlers. CTRL_C_EVENT is SIGINT, CTRL_BREAK_EVENT SIGQUIT, CTRL_CLOSE_EVENT
 * SIGHUP, CTRL_SHUTDOWN_EVENT SIGTERM; their signal handlers are the library's from the first call on. NULL
 * and TRUE: SIGINT is ignored, until NULL and FALSE. FALSE with ERROR_INVALID_PARAMETER to remove what was
 * not added. */
BOOL WINAPI SetConsoleCtrlHandler(PHANDLER_ROUTINE HandlerRoutine, BOOL Add);

/* To a standard stream, whatever it is, or to a file (fileapi.h). lpOverlapped is to be NULL. FALSE with
 * ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_ACCESS_DENIED for a file that was not opened for it,
 * ERROR_BROKEN_PIPE, ERROR_DISK_FULL, or ERROR_GEN_FAILURE. */
BOOL WINAPI WriteFile(HANDLE hFile, LPCVOID lpBuffer, DWORD nNumberOfBytesToWrite,
                      LPDWORD lpNumberOfBytesWritten, LPVOID lpOverlapped);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
#define FillConsoleOutputCharacter FillConsoleOutputCharacterW
#define SetConsoleTitle SetConsoleTitleW
#define WriteConsole WriteConsoleW
#else
#define FillConsoleOutputCharacter FillConsoleOutputCharacterA
#define SetConsoleTitle SetConsoleTitleA
#define WriteConsole WriteConsoleA
#endif

#endif
