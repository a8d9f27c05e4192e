// SPDX-License-Identifier: MIT
// Waiting for processes, threads, events, mutexes and semaphores, by their descriptors.
#include "win32/export.hpp"
#include "win32/last_error.hpp"
#include "win32/sync/waitable.hpp"

#include <synchapi.h>

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <optional>
#include <span>
#include <vector>

using namespace tcptable::win32;

namespace {

using Clock = std::chrono::steady_clock;

// One object: a process, or another kind.
struct Waited {
  std::shared_ptr<ProcessObject> process;
  std::shared_ptr<Waitable> other;

  int descriptor() const { return process != nullptr ? process->pidfd() : other->descriptor(); }
  Taken take() const { return other != nullptr ? other->take() : Taken::kYes; }
  void give_back() const {
    if (other != nullptr) other->give_back();
  }
};

OrCode<Waited> waited_of(HANDLE handle) {
  if (auto other = object_of<Waitable>(handle)) return Waited{nullptr, std::move(other)};
  auto process = process_of(handle, SYNCHRONIZE);
  if (!process) return tl::unexpected(process.error());
  return Waited{std::move(*process), nullptr};
}

class Deadline {
 public:
  explicit Deadline(DWORD milliseconds)
      : endless_(milliseconds == INFINITE), end_(Clock::now() + std::chrono::milliseconds(milliseconds)) {}

  // For poll().
  int timeout() const {
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(end_ - Clock::now()).count();
    return endless_ ? -1 : static_cast<int>(std::clamp<long long>(rest, 0, INT_MAX));
  }

 private:
  const bool endless_;
  const Clock::time_point end_;
};

// Polls through signals. The number that are ready, 0 after the time, or -1.
int wait_for_any(std::span<pollfd> polled, const Deadline& deadline) {
  for (;;) {
    const int ready = ::poll(polled.data(), polled.size(), deadline.timeout());
    if (ready >= 0 || errno != EINTR) return ready;
  }
}

std::vector<pollfd> polled_of(const std::vector<Waited>& objects) {
  std::vector<pollfd> polled;
  for (const Waited& object : objects)
    polled.push_back({.fd = object.descriptor(), .events = POLLIN, .revents = 0});
  return polled;
}

DWORD answer_for(Taken taken, std::size_t place) {
  return (taken == Taken::kAbandoned ? WAIT_ABANDONED_0 : WAIT_OBJECT_0) + static_cast<DWORD>(place);
}

DWORD wait_any(const std::vector<Waited>& objects, const Deadline& deadline) {
  std::vector<pollfd> polled = polled_of(objects);
  for (;;) {
    const int ready = wait_for_any(polled, deadline);
    if (ready <= 0) return ready == 0 ? DWORD{WAIT_TIMEOUT} : WAIT_FAILED;
    for (std::size_t i = 0; i < objects.size(); ++i) {
      const Taken taken = polled[i].revents != 0 ? objects[i].take() : Taken::kNo;
      if (taken != Taken::kNo) return answer_for(taken, i);
    }
  }
}

// All or none. The answer is that of the first abandoned one.
std::optional<DWORD> take_all(const std::vector<Waited>& objects) {
  std::optional<DWORD> abandoned;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const Taken taken = objects[i].take();
    if (taken == Taken::kAbandoned && !abandoned) abandoned = answer_for(taken, i);
    if (taken != Taken::kNo) continue;
    while (i > 0) objects[--i].give_back();
    return std::nullopt;
  }
  return abandoned.value_or(WAIT_OBJECT_0);
}

DWORD wait_all(const std::vector<Waited>& objects, const Deadline& deadline) {
  std::vector<pollfd> polled = polled_of(objects);
  for (;;) {
    // One after another: each of them stays ready until it is taken.
    for (pollfd& each : polled) {
      const int ready = wait_for_any({&each, 1}, deadline);
      if (ready <= 0) return ready == 0 ? DWORD{WAIT_TIMEOUT} : WAIT_FAILED;
    }
    const bool all_ready = std::ranges::all_of(polled, [](pollfd& each) { return ::poll(&each, 1, 0) == 1; });
    const auto answer = all_ready ? take_all(objects) : std::nullopt;
    if (answer) return *answer;
  }
}

}  // namespace

TCPTABLE_WIN32_EXPORT DWORD WINAPI WaitForMultipleObjects(DWORD nCount, const HANDLE* lpHandles,
                                                          BOOL bWaitAll, DWORD dwMilliseconds) {
  DWORD answer = WAIT_FAILED;
  succeed_or_fail([&]() -> ULONG {
    if (nCount == 0 || nCount > MAXIMUM_WAIT_OBJECTS || lpHandles == nullptr) return ERROR_INVALID_PARAMETER;
    const Deadline deadline(dwMilliseconds);
    std::vector<Waited> objects;
    for (const HANDLE handle : std::span(lpHandles, nCount)) {
      auto object = waited_of(handle);
      if (!object) return object.error();
      objects.push_back(std::move(*object));
    }
    answer = bWaitAll != FALSE ? wait_all(objects, deadline) : wait_any(objects, deadline);
    return answer == WAIT_FAILED ? ERROR_GEN_FAILURE : NO_ERROR;
  });
  return answer;
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds) {
  return WaitForMultipleObjects(1, &hHandle, FALSE, dwMilliseconds);
}
