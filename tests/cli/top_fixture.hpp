// SPDX-License-Identifier: MIT
// The live table with sockets made by hand, under a controller whose frames can be read.
#pragma once

#include <stdlib.h>
#include <time.h>

#include <string>

#include "cli/made_snapshot.hpp"
#include "cli/utf8_locale.hpp"
#include "tcptable/top/controller.hpp"

namespace tcptable::test {

inline tool::top::ViewState plain_state() {
  tool::top::ViewState state;
  state.interval = tool::escape("1 s");
  return state;
}

class LiveView {
 public:
  explicit LiveView(tool::top::Size size, tool::top::Choices choices = {},
                    tool::top::ViewState state = plain_state())
      : table(std::move(choices)), controller(table, std::move(state), made_details) {
    controller.resize(size);
  }

  void update(const Snapshot& snapshot) {
    table.update(snapshot);
    controller.refreshed("");
  }
  void type(std::string_view text) {
    for (const char c : text) press(tool::top::character(static_cast<unsigned char>(c)));
  }
  void press(tool::top::Key key) { controller.handle(key); }
  void press(tool::top::Key::Name name) { press(tool::top::Key{name, 0}); }
  void click(std::size_t x, std::size_t y) {
    controller.handle(tool::top::Mouse{tool::top::Mouse::What::click, x, y});
  }
  std::string text() { return controller.draw().screen.text(); }
  std::string line(std::size_t y) {
    std::string rest = text();
    for (; y > 0; --y) rest.erase(0, rest.find('\n') + 1);
    return rest.substr(0, rest.find('\n'));
  }

  tool::top::LiveTable table;
  tool::top::Controller controller;

 private:
  static std::vector<tool::top::Detail> made_details(const tool::top::Socket& socket, tool::Names&) {
    std::vector<tool::top::Detail> details;
    details.push_back({"local port", tool::escape(std::to_string(socket.row->local.port))});
    for (int i = 1; i < 40; ++i) details.push_back({"more", tool::escape("value " + std::to_string(i))});
    return details;
  }
};

/// In UTF-8, and in the time zone UTC.
class TopTest : public Utf8Terminal {
 protected:
  void SetUp() override {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    Utf8Terminal::SetUp();
  }
};

}  // namespace tcptable::test
