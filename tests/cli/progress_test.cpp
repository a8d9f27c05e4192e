// SPDX-License-Identifier: MIT
// What somebody who waits at a terminal is told.
#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>
#include <thread>

#include "support/fd.hpp"
#include "tcptable/output/progress.hpp"

namespace {

using namespace std::chrono_literals;
using namespace tcptable::test;

std::string all_of(const Fd& input) {
  std::array<char, 4096> buffer;
  const auto size = ::read(input.get(), buffer.data(), buffer.size());
  return {buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

TEST(Progress, IsToldToATerminalStepByStepAndErasedAtTheEnd) {
  int ends[2];
  check(::openpty(&ends[0], &ends[1], nullptr, nullptr, nullptr), "openpty");
  const Fd reader(ends[0]), terminal(ends[1]);
  std::string text;
  {
    const tool::Progress progress(terminal.get(), 20ms);
    while (text.find("2 s") == text.npos) text += all_of(reader);
  }
  EXPECT_TRUE(text.starts_with("\r\x1b[Kreading the sockets: 1 s\r\x1b[Kreading the sockets: 2 s")) << text;
  text = all_of(reader);
  EXPECT_TRUE(text.ends_with("\r\x1b[K")) << text;
}

TEST(Progress, SaysNothingOfWhatIsQuick) {
  int ends[2];
  check(::openpty(&ends[0], &ends[1], nullptr, nullptr, nullptr), "openpty");
  const Fd reader(ends[0]), terminal(ends[1]);
  { const tool::Progress progress(terminal.get(), 1h); }
  check(::write(terminal.get(), "x", 1), "write");
  EXPECT_EQ(all_of(reader), "x");
}

TEST(Progress, SaysNothingToAPipe) {
  int ends[2];
  check(::pipe(ends), "pipe");
  const Fd reader(ends[0]);
  Fd writer(ends[1]);
  {
    const tool::Progress progress(writer.get(), 5ms);
    std::this_thread::sleep_for(50ms);
  }
  writer.reset();
  EXPECT_EQ(all_of(reader), "");
}

}  // namespace
