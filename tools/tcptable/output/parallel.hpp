// SPDX-License-Identifier: MIT
// A long table is made by as many threads as there are processors.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <exception>
#include <system_error>
#include <thread>

namespace tool {

inline constexpr unsigned kMostThreads = 8;

/// How many threads that many rows are worth.
inline unsigned threads_for(std::size_t rows) {
  constexpr std::size_t kWorthThreads = 4096;
  return rows < kWorthThreads ? 1 : std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
}

/// Calls work(0) ... work(count - 1) at the same time, or one after the other where no thread can be made;
/// kMostThreads at most. Throws what one of them threw, when all have ended.
template <typename Work>
void at_once(unsigned count, const Work& work) {
  std::array<std::exception_ptr, kMostThreads> thrown;
  const auto call = [&](unsigned number) {
    try {
      work(number);
    } catch (...) {
      thrown[number] = std::current_exception();
    }
  };
  {
    std::array<std::jthread, kMostThreads> threads;
    unsigned started = 1;
    try {
      for (; started < count; ++started)
        threads[started] = std::jthread([&call, number = started] { call(number); });
    } catch (const std::system_error&) {
      // The limit of processes: this thread does what is left.
    }
    call(0);
    for (unsigned number = started; number < count; ++number) call(number);
  }
  for (const std::exception_ptr& exception : thrown) {
    if (exception) std::rethrow_exception(exception);
  }
}

/// Whose turn it is, of pieces that are made out of order.
class Turn {
 public:
  /// Waits until all pieces before this one have been; false where they never will.
  bool await(std::size_t piece) {
    for (std::size_t now = now_.load(); now != piece; now = now_.load()) {
      if (now == kNever) return false;
      now_.wait(now);
    }
    return true;
  }
  void pass_on() { move_to(now_ + 1); }
  void abandon() { move_to(kNever); }

 private:
  static constexpr std::size_t kNever = static_cast<std::size_t>(-1);

  void move_to(std::size_t piece) {
    now_ = piece;
    now_.notify_all();
  }

  std::atomic<std::size_t> now_{0};
};

/// Calls make(thread, piece) for each piece, by several threads, and after it put(thread), one at a time and
/// in the pieces' order: while one thread puts, which may mean to wait for whoever reads, the others make.
/// Throws as at_once.
template <typename Make, typename Put>
void in_turn(unsigned threads, std::size_t pieces, const Make& make, const Put& put) {
  std::atomic<std::size_t> next{0};
  Turn turn;
  at_once(threads, [&](unsigned thread) {
    try {
      for (std::size_t piece = next++; piece < pieces; piece = next++) {
        make(thread, piece);
        if (!turn.await(piece)) return;
        put(thread);
        turn.pass_on();
      }
    } catch (...) {
      turn.abandon();
      throw;
    }
  });
}

}  // namespace tool
