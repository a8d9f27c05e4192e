// SPDX-License-Identifier: MIT
// A real terminal whose keys a test types and whose screen it reads: tmux, with a server of its own.
#pragma once

#include <functional>
#include <string>

#include "support/temporary_directory.hpp"

namespace tcptable::test {

/// Is there a tmux to run?
bool has_tmux();

class Tmux {
 public:
  /// A shell of 80 columns and 24 lines, in the test's namespaces.
  Tmux();
  Tmux(const Tmux&) = delete;
  Tmux& operator=(const Tmux&) = delete;
  ~Tmux();

  /// As `tmux send-keys` takes it: "q", "Enter", "C-z", "PageDown"; other texts are typed letter by letter.
  void press(const std::string& key);
  void type(const std::string& text);
  /// A shell's line.
  void enter(const std::string& line);
  void resize(int width, int height);
  /// The screen's lines, without the spaces at their end; with the colors' sequences where they are asked
  /// for.
  std::string screen(bool with_colors = false);
  /// Looks until the screen satisfies the condition, for at most ten seconds; the last screen.
  std::string wait_for(const std::function<bool(const std::string&)>& condition);
  std::string wait_for_text(const std::string& text);
  /// What tmux says of the pane, such as "#{alternate_on}".
  std::string ask(const std::string& format);

 private:
  std::string run(const std::string& arguments);

  TemporaryDirectory directory_;
};

}  // namespace tcptable::test
