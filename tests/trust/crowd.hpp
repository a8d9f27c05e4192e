// SPDX-License-Identifier: MIT
// Sixteen threads that do one thing again and again, and children that are forked from among them.
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <functional>
#include <thread>
#include <vector>

#include "support/fd.hpp"

namespace tcptable::test {

/// A sanitizer's allocator (GCC 12's) doesn't hold its own locks over forks: children of a crowd hang in it.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kChildrenMayAllocate = false;
#else
inline constexpr bool kChildrenMayAllocate = true;
#endif
inline constexpr const char* kWhyChildrenMayNot =
    "a sanitizer's allocator doesn't survive forks between threads";

/// Runs `work`, which says whether all was well, until the value ends; counts both answers.
class Crowd {
 public:
  explicit Crowd(std::function<bool()> work) : work_(std::move(work)) {
    for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { run(); });
  }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;
  ~Crowd() {
    done_ = true;
    for (std::thread& thread : threads_) thread.join();
  }

  /// On a busy machine none may have ended yet: waits for the first.
  int well() const {
    constexpr std::chrono::seconds kLongEnough(60);
    const auto end = std::chrono::steady_clock::now() + kLongEnough;
    while (well_ + wrong_ == 0 && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return well_;
  }
  int wrong() const { return wrong_; }

 private:
  static constexpr int kThreads = 16;

  void run() {
    ::setpriority(PRIO_PROCESS, 0, 10);  // this thread alone: what is forked shall get on
    while (!done_) {
      const auto rest = std::chrono::steady_clock::now() + std::chrono::milliseconds(1);
      while (!done_ && std::chrono::steady_clock::now() < rest) ++(work_() ? well_ : wrong_);
      // A lock that all of them want all the time would not let the fork have it.
      std::this_thread::sleep_for(std::chrono::milliseconds(9));
    }
  }

  const std::function<bool()> work_;
  std::atomic<bool> done_{false};
  std::atomic<int> well_{0};
  std::atomic<int> wrong_{0};
  std::vector<std::thread> threads_;
};

/// The exit status of a child that does this, or 128 and the number of the signal that ended it: SIGALRM,
/// where it hangs.
template <typename Work>
int status_of_child(const Work& work) {
  const pid_t child = check(::fork(), "fork");
  if (child == 0) {
    constexpr unsigned kSeconds = 30;
    ::alarm(kSeconds);
    ::_exit(work());
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Forks children that do this, one after the other, for as long as given; the first status that is not
/// `well`, or `well`.
template <typename Work>
int statuses_of_children(std::chrono::milliseconds time, int well, const Work& work) {
  constexpr int kLeast = 3;
  const auto end = std::chrono::steady_clock::now() + time;
  for (int i = 0; i < kLeast || std::chrono::steady_clock::now() < end; ++i) {
    if (const int status = status_of_child(work); status != well) return status;
  }
  return well;
}

}  // namespace tcptable::test
