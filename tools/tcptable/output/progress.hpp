// SPDX-License-Identifier: MIT
// A line for somebody who waits.
#pragma once

#include <unistd.h>
#include <tcptable/snapshot.hpp>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace tool {

/// While the value lives, and once a second has gone by, a terminal says how long the table has taken so far.
/// At its end the line goes. Anything but a terminal gets nothing.
class Progress {
 public:
  /// Of a descriptor; `step` is the second.
  explicit Progress(int fd = STDERR_FILENO, std::chrono::milliseconds step = std::chrono::seconds(1));
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

 private:
  void tell(std::chrono::milliseconds step);

  int fd_;
  std::mutex lock_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::thread teller_;
};

/// tcptable::take_snapshot with a Progress beside it.
tcptable::Result<tcptable::Snapshot> snapshot_with_progress(const tcptable::Query& query);

}  // namespace tool
