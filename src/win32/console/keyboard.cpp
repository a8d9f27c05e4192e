// SPDX-License-Identifier: MIT
// The keys of conio.h. The terminal is set to give them singly for the length of a call only, so that a
// program that is killed leaves nothing behind.
#include "win32/export.hpp"

#include <conio.h>

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>
#include <cerrno>

namespace {

constexpr int kBackspace = 8;
constexpr int kDelete = 127;

// The standard input, or the process's terminal.
class Keyboard {
 public:
  Keyboard()
      : descriptor_(open_keyboard()), usable_(descriptor_ >= 0 && ::tcgetattr(descriptor_, &before_) == 0) {
    if (!usable_) return;
    termios single = before_;
    single.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG);
    single.c_iflag &= ~static_cast<tcflag_t>(ICRNL | INLCR);
    single.c_cc[VMIN] = 1;
    single.c_cc[VTIME] = 0;
    usable_ = ::tcsetattr(descriptor_, TCSANOW, &single) == 0;
  }
  Keyboard(const Keyboard&) = delete;
  Keyboard& operator=(const Keyboard&) = delete;
  ~Keyboard() {
    if (usable_) ::tcsetattr(descriptor_, TCSANOW, &before_);
    if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
  }

  bool has_key() const {
    pollfd waited{.fd = descriptor_, .events = POLLIN, .revents = 0};
    return usable_ && ::poll(&waited, 1, 0) == 1 && (waited.revents & POLLIN) != 0;
  }

  int key() const {
    unsigned char byte = 0;
    ssize_t got = -1;
    while (usable_ && (got = ::read(descriptor_, &byte, 1)) < 0 && errno == EINTR) {
    }
    if (got != 1) return EOF;
    return byte == kDelete ? kBackspace : int{byte};
  }

 private:
  static int open_keyboard() {
    if (::isatty(STDIN_FILENO) != 0) return STDIN_FILENO;
    const int opened = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (opened < 0 || opened > STDERR_FILENO) return opened;
    const int moved = ::fcntl(opened, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ::close(opened);
    return moved;
  }

  const int descriptor_;
  termios before_{};
  bool usable_;
};

}  // namespace

TCPTABLE_WIN32_EXPORT int _kbhit(void) {
  return Keyboard().has_key() ? 1 : 0;
}

TCPTABLE_WIN32_EXPORT int _getch(void) {
  const Keyboard keyboard;
  // A prompt is seen only when the terminal already gives single keys.
  std::fflush(stdout);
  return keyboard.key();
}

TCPTABLE_WIN32_EXPORT int _getche(void) {
  const int key = _getch();
  if (key != EOF) std::fputc(key, stdout);
  std::fflush(stdout);
  return key;
}
