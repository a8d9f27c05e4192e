// SPDX-License-Identifier: MIT
// ncursesw: terminfo, keys, the mouse, and as few bytes to the terminal as will do.
#include "tcptable/top/terminal/terminal.hpp"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tcptable/output/display.hpp"
#include "tcptable/top/terminal/rescue.hpp"

// Last, for their macros: columns, lines, ...; and more of them without this one.
#define NCURSES_NOMACROS 1
#include <ncurses.h>
#include <term.h>

namespace tool::top {
namespace {

// How long after an Esc the rest of a key's sequence may come, in milliseconds.
constexpr int kEscapeDelay = 25;
constexpr mmask_t kMouse = BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED;

std::string collected;  // by collect(), which tputs calls

int collect(int c) {
  collected += static_cast<char>(c);
  return c;
}

// A capability as it is written, without padding; empty where the terminal has it not.
std::string sequence(const char* capability) {
  const char* text = tigetstr(capability);
  if (text == nullptr || text == reinterpret_cast<const char*>(-1)) return {};
  collected.clear();
  tputs(text, 1, collect);
  return collected;
}

// What undoes all that ncurses does to a terminal.
std::string leaving_sequences() {
  // Mouse reports have no capability of their own: xterm's, as those terminals have that report a mouse.
  const std::string mouse = sequence("kmous").empty() ? "" : "\x1b[?1006l\x1b[?1000l";
  return mouse + sequence("sgr0") + sequence("op") + sequence("rmkx") + sequence("rmcup") + sequence("cnorm");
}

const std::map<int, Key::Name> kNamedKeys{
    {KEY_UP, Key::Name::up},         {KEY_DOWN, Key::Name::down},
    {KEY_LEFT, Key::Name::left},     {KEY_RIGHT, Key::Name::right},
    {KEY_PPAGE, Key::Name::page_up}, {KEY_NPAGE, Key::Name::page_down},
    {KEY_HOME, Key::Name::home},     {KEY_END, Key::Name::end},
    {KEY_ENTER, Key::Name::enter},   {KEY_BACKSPACE, Key::Name::backspace}};

std::optional<Event> character_event(wint_t c) {
  switch (c) {
    case '\r':
    case '\n':
      return Key{Key::Name::enter, 0};
    case 0x1b:
      return Key{Key::Name::escape, 0};
    case 0x7f:
    case 0x08:
      return Key{Key::Name::backspace, 0};
    default:
      return Key{Key::Name::character, static_cast<char32_t>(c)};
  }
}

std::optional<Event> mouse_event() {
  MEVENT report{};
  if (getmouse(&report) != OK || report.x < 0 || report.y < 0) return std::nullopt;
  Mouse mouse;
  mouse.x = static_cast<std::size_t>(report.x);
  mouse.y = static_cast<std::size_t>(report.y);
  if ((report.bstate & BUTTON4_PRESSED) != 0) {
    mouse.what = Mouse::What::wheel_up;
  } else if ((report.bstate & BUTTON5_PRESSED) != 0) {
    mouse.what = Mouse::What::wheel_down;
  } else if ((report.bstate & BUTTON1_PRESSED) == 0) {
    return std::nullopt;
  }
  return mouse;
}

attr_t attributes_of(const Style& style) {
  attr_t attributes = A_NORMAL;
  if (style.bold) attributes |= A_BOLD;
  if (style.dim) attributes |= A_DIM;
  if (style.underline) attributes |= A_UNDERLINE;
  if (style.reverse) attributes |= A_REVERSE;
  return attributes;
}

void put(std::size_t x, std::size_t y, const Cell& cell) {
  std::array<wchar_t, CCHARW_MAX + 1> characters{};
  std::size_t count = 0;
  for (std::size_t at = 0; at < cell.glyph.size() && count < CCHARW_MAX;)
    characters[count++] = static_cast<wchar_t>(next_code_point(cell.glyph, at).value_or('?'));
  cchar_t complex{};
  setcchar(&complex, characters.data(), attributes_of(cell.style), static_cast<short>(cell.style.color),
           nullptr);
  mvadd_wch(static_cast<int>(y), static_cast<int>(x), &complex);
}

void use_colors() {
  constexpr std::array<short, kColorCount> kColors{-1, COLOR_GREEN, COLOR_YELLOW, COLOR_RED, COLOR_CYAN};
  start_color();
  const bool has_default = use_default_colors() == OK;
  for (short pair = 1; pair < kColorCount; ++pair)
    init_pair(pair, kColors[static_cast<std::size_t>(pair)], has_default ? -1 : COLOR_BLACK);
}

void set_up() {
  cbreak();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  set_escdelay(kEscapeDelay);
  curs_set(0);
  mousemask(kMouse, nullptr);
  mouseinterval(0);  // a press is told when it happens
  if (has_colors()) use_colors();
}

std::string name_of_terminal() {
  const char* name = std::getenv("TERM");
  return name != nullptr ? escape(name).text() : "";
}

}  // namespace

struct Terminal::State {
  SCREEN* ncurses = nullptr;
  termios modes{};  // as they were
  Screen shown{{0, 0}};

  void enter() const { arm_rescue(STDOUT_FILENO, modes, leaving_sequences()); }
  void leave() const {
    endwin();
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
    disarm_rescue();
  }
};

std::string Terminal::what_is_missing() {
  if (isatty(STDIN_FILENO) != 1) return "standard input is no terminal";
  if (isatty(STDOUT_FILENO) != 1) return "standard output is no terminal";
  int status = 0;
  if (setupterm(nullptr, STDOUT_FILENO, &status) != OK) return "unknown terminal, TERM=" + name_of_terminal();
  const bool can_place = !sequence("cup").empty();
  del_curterm(cur_term);
  return can_place ? "" : "a terminal that can't place its cursor, TERM=" + name_of_terminal();
}

Terminal::Terminal() : state_(std::make_unique<State>()) {
  tcgetattr(STDIN_FILENO, &state_->modes);
  state_->ncurses = newterm(nullptr, stdout, stdin);
  if (state_->ncurses == nullptr) throw std::runtime_error("top: the terminal can't be used");
  state_->enter();
  rescue_on_crash();
  set_up();
}

Terminal::~Terminal() {
  state_->leave();
  delscreen(state_->ncurses);
}

bool Terminal::has_colors() const {
  return ::has_colors();
}

Size Terminal::size() const {
  return {static_cast<std::size_t>(getmaxx(stdscr)), static_cast<std::size_t>(getmaxy(stdscr))};
}

int Terminal::fd() const {
  return STDIN_FILENO;
}

void Terminal::show(const Screen& screen) {
  const Size size = screen.size();
  const bool all = state_->shown.size() != size;
  for (std::size_t y = 0; y < size.height; ++y) {
    for (std::size_t x = 0; x < size.width; ++x) {
      const Cell& cell = screen.cell(x, y);
      // The right half of a wide character comes with its left one.
      if (!cell.glyph.empty() && (all || cell != state_->shown.cell(x, y))) put(x, y, cell);
    }
  }
  state_->shown = screen;
  wnoutrefresh(stdscr);
  doupdate();
}

std::optional<Event> Terminal::next_event() {
  wint_t c = 0;
  for (int kind = ERR; (kind = wget_wch(stdscr, &c)) != ERR;) {
    std::optional<Event> event;
    if (kind != KEY_CODE_YES) {
      event = character_event(c);
    } else if (c == KEY_MOUSE) {
      event = mouse_event();
    } else if (const auto named = kNamedKeys.find(static_cast<int>(c)); named != kNamedKeys.end()) {
      event = Key{named->second, 0};
    }
    if (event) return event;
  }
  return std::nullopt;
}

void Terminal::resize() {
  winsize window{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0 || window.ws_row == 0 || window.ws_col == 0) return;
  resizeterm(window.ws_row, window.ws_col);
  state_->shown = Screen({0, 0});
}

void Terminal::suspend() {
  state_->leave();
}

void Terminal::resume() {
  state_->enter();
  if (!isendwin()) endwin();  // forget what the terminal shows, and in which modes it is
  wrefresh(curscr);
  resize();
}

}  // namespace tool::top
