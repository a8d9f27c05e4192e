// SPDX-License-Identifier: MIT
// Each step is one call of tmux by the shell.
#include "cli/tmux.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace tcptable::test {
namespace {

constexpr std::chrono::seconds kPatience{10};
constexpr std::chrono::milliseconds kBetweenLooks{50};

std::string output_of(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("popen: " + command);
  std::string text;
  std::array<char, 4096> piece;
  for (std::size_t got = 0; (got = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
    text.append(piece.data(), got);
  if (::pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
  return text;
}

// For the shell: in single quotes.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

}  // namespace

bool has_tmux() {
  return std::system("tmux -V >/dev/null 2>&1") == 0;
}

Tmux::Tmux() {
  run("new-session -d -x 80 -y 24 'env -u NO_COLOR PS1=ready: sh'");
  wait_for_text("ready:");
}

Tmux::~Tmux() {
  try {
    run("kill-server");
  } catch (const std::runtime_error&) {
    // It has ended with its last shell.
  }
}

std::string Tmux::run(const std::string& arguments) {
  return output_of("TMUX= LC_ALL=C.UTF-8 tmux -S " + quoted(directory_.path() / "socket") + " -f /dev/null " +
                   arguments + " 2>/dev/null");
}

void Tmux::press(const std::string& key) {
  run("send-keys " + quoted(key));
}

void Tmux::type(const std::string& text) {
  run("send-keys -l " + quoted(text));
}

void Tmux::enter(const std::string& line) {
  type(line);
  press("Enter");
}

void Tmux::resize(int width, int height) {
  run("resize-window -x " + std::to_string(width) + " -y " + std::to_string(height));
}

std::string Tmux::screen(bool with_colors) {
  return run(with_colors ? "capture-pane -p -e" : "capture-pane -p");
}

std::string Tmux::wait_for(const std::function<bool(const std::string&)>& condition) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  std::string last = screen();
  while (!condition(last) && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(kBetweenLooks);
    last = screen();
  }
  return last;
}

std::string Tmux::wait_for_text(const std::string& text) {
  return wait_for([&](const std::string& screen) { return screen.find(text) != std::string::npos; });
}

std::string Tmux::ask(const std::string& format) {
  std::string answer = run("display-message -p " + quoted(format));
  if (answer.ends_with('\n')) answer.pop_back();
  return answer;
}

}  // namespace tcptable::test
