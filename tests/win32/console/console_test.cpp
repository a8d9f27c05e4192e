// SPDX-License-Identifier: MIT
// The console's functions in a child process whose standard streams are a terminal, read from its other end.
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>
#include <windows.h>

#include <conio.h>

#include <cstdio>
#include <functional>
#include <string>
#include <string_view>

namespace {

struct Shown {
  int code;
  std::string text;
};

constexpr winsize kSize{.ws_row = 5, .ws_col = 20, .ws_xpixel = 0, .ws_ypixel = 0};

// What `program` writes to its terminal, on which one of the `keys` is typed for each "?", and its exit code.
Shown run_on_terminal(const std::function<int()>& program, std::string_view keys = "") {
  int terminal = -1;
  std::fflush(stdout);  // else the child writes it, too
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &kSize);
  if (child == 0) {
    const int code = program();
    std::fflush(nullptr);
    ::_exit(code);
  }
  Shown shown{-1, ""};
  for (char byte = 0; ::read(terminal, &byte, 1) == 1;) {
    shown.text += byte;
    if (byte != '?' || keys.empty()) continue;
    EXPECT_EQ(::write(terminal, keys.data(), 1), 1);
    keys.remove_prefix(1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  shown.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return shown;
}

HANDLE output() {
  return GetStdHandle(STD_OUTPUT_HANDLE);
}

TEST(Console, ColoursAreWrittenBetweenTheTextsTheyAreFor) {
  const Shown shown = run_on_terminal([] {
    printf("a");
    SetConsoleTextAttribute(output(), FOREGROUND_RED | FOREGROUND_INTENSITY);
    printf("b");
    CONSOLE_SCREEN_BUFFER_INFO info;
    GetConsoleScreenBufferInfo(output(), &info);
    SetConsoleTextAttribute(output(), FOREGROUND_RED | FOREGROUND_GREEN | FOREGROUND_BLUE);
    wprintf(L"c");
    return static_cast<int>(info.wAttributes);
  });
  EXPECT_EQ(shown.text, "a\x1b[0;91mb\x1b[0mc");
  EXPECT_EQ(shown.code, FOREGROUND_RED | FOREGROUND_INTENSITY);
}

TEST(Console, TellsItsSizeAndWhereItIs) {
  const Shown shown = run_on_terminal([] {
    CONSOLE_SCREEN_BUFFER_INFO info;
    if (!GetConsoleScreenBufferInfo(output(), &info)) return 1;
    if (info.dwSize.X != 20 || info.dwSize.Y != 5 || info.srWindow.Right != 19 || info.srWindow.Bottom != 4)
      return 2;
    if (!SetConsoleCursorPosition(output(), {3, 2})) return 3;
    if (SetConsoleCursorPosition(output(), {20, 2}) || GetLastError() != ERROR_INVALID_PARAMETER) return 4;
    GetConsoleScreenBufferInfo(output(), &info);
    return info.dwCursorPosition.X == 3 && info.dwCursorPosition.Y == 2 ? 0 : 5;
  });
  EXPECT_EQ(shown.code, 0);
  EXPECT_EQ(shown.text, "\x1b[3;4H");
}

TEST(Console, IsFilledToItsEndAtMostAndTheCursorStays) {
  const Shown shown = run_on_terminal([] {
    DWORD first = 0;
    DWORD second = 0;
    FillConsoleOutputCharacterA(output(), '.', 2, {18, 4}, &first);
    FillConsoleOutputCharacterW(output(), L'\u00fc', 99, {19, 4}, &second);
    return static_cast<int>(first * 10 + second);
  });
  EXPECT_EQ(shown.code, 21);
  EXPECT_EQ(shown.text,
            "\x1b"
            "7\x1b[5;19H\x1b[0m..\x1b"
            "8\x1b"
            "7\x1b[5;20H\x1b[0m\xc3\xbc\x1b"
            "8");
}

TEST(Console, HasATitleAndACursorThatHides) {
  const Shown shown = run_on_terminal([] {
    SetConsoleTitleW(L"a\x07 title");
    CONSOLE_CURSOR_INFO cursor;
    if (!GetConsoleCursorInfo(output(), &cursor) || !cursor.bVisible) return 1;
    cursor.bVisible = FALSE;
    SetConsoleCursorInfo(output(), &cursor);
    GetConsoleCursorInfo(output(), &cursor);
    return cursor.bVisible ? 2 : 0;
  });
  EXPECT_EQ(shown.code, 0);
  EXPECT_EQ(shown.text, "\x1b]0;a title\x07\x1b[?25l");
}

TEST(Console, TextGoesBehindWhatWasPrinted) {
  const Shown shown = run_on_terminal([] {
    DWORD wide = 0;
    DWORD narrow = 0;
    DWORD bytes = 0;
    printf("1");
    WriteConsoleW(output(), L"2\u00fc3", 2, &wide, nullptr);
    WriteConsoleA(output(), "345", 2, &narrow, nullptr);
    WriteFile(GetStdHandle(STD_ERROR_HANDLE), "5", 1, &bytes, nullptr);
    return static_cast<int>(wide * 100 + narrow * 10 + bytes);
  });
  EXPECT_EQ(shown.text,
            "12\xc3\xbc"
            "345");
  EXPECT_EQ(shown.code, 221);
}

TEST(Console, ModesOfInputAreTheTerminalsOwn) {
  const Shown shown = run_on_terminal([] {
    const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    DWORD mode = 0;
    constexpr DWORD kUsual = ENABLE_PROCESSED_INPUT | ENABLE_LINE_INPUT | ENABLE_ECHO_INPUT;
    if (!GetConsoleMode(input, &mode) || mode != kUsual) return 1;
    if (!SetConsoleMode(input, ENABLE_PROCESSED_INPUT | ENABLE_LINE_INPUT)) return 2;
    if (!GetConsoleMode(input, &mode) || mode != (ENABLE_PROCESSED_INPUT | ENABLE_LINE_INPUT)) return 3;
    if (!GetConsoleMode(output(), &mode) ||
        !SetConsoleMode(output(), mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING))
      return 4;
    return SetConsoleMode(output(), 0) ? 5 : 0;
  });
  EXPECT_EQ(shown.code, 0);
}

TEST(Console, AStreamThatIsNoTerminalIsNone) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    DWORD mode = 0;
    const bool refused = !SetConsoleTextAttribute(output(), 1) && GetLastError() == ERROR_INVALID_HANDLE &&
                         !GetConsoleMode(output(), &mode) && GetLastError() == ERROR_INVALID_HANDLE &&
                         !WriteConsoleA(output(), "x", 1, nullptr, nullptr);
    ::_exit(refused && WriteFile(output(), "y", 1, &mode, nullptr) ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  char bytes[4];
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(::read(ends[0], bytes, sizeof bytes), 1) << "only what WriteFile wrote";
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Console, HandlesAreTheSameEachTimeAndNoneIsOfAnotherNumber) {
  EXPECT_EQ(output(), output());
  EXPECT_NE(output(), GetStdHandle(STD_ERROR_HANDLE));
  EXPECT_EQ(GetStdHandle(7), INVALID_HANDLE_VALUE);
}

TEST(Console, SpeaksUtf8Only) {
  EXPECT_TRUE(SetConsoleOutputCP(CP_UTF8));
  EXPECT_FALSE(SetConsoleOutputCP(437));
  EXPECT_EQ(GetConsoleOutputCP(), UINT{CP_UTF8});
  EXPECT_TRUE(SetConsoleCP(GetACP()));
}

TEST(Keys, ComeOneByOneWithoutEcho) {
  const Shown shown = run_on_terminal(
      [] {
        if (_kbhit()) return 1;
        for (const int wanted : {int{'q'}, int{'\r'}, 8, 3}) {
          printf("%c", '?');
          if (_getch() != wanted) return 2;
        }
        return 0;
      },
      "q\r\x7f\x03");
  EXPECT_EQ(shown.code, 0);
  EXPECT_EQ(shown.text, "????");
}

TEST(Keys, ThatAreShownAreThoseOfGetche) {
  const Shown shown = run_on_terminal(
      [] {
        printf("%c", '?');
        return _getche() == 'x' ? 0 : 1;
      },
      "x");
  EXPECT_EQ(shown.code, 0);
  EXPECT_EQ(shown.text, "?x");
}

TEST(Keys, CanBeWaitedForByAsking) {
  const Shown shown = run_on_terminal(
      [] {
        printf("%c", '?');
        std::fflush(stdout);
        for (int i = 0; i < 1000 && !_kbhit(); ++i) Sleep(10);
        return _kbhit() && getch() == 'x' && !_kbhit() ? 0 : 1;
      },
      "x");
  EXPECT_EQ(shown.code, 0);
}

}  // namespace
