// SPDX-License-Identifier: MIT
#include "tcptable/output/progress.hpp"

#include <fmt/format.h>

#include "tcptable/output/console.hpp"

namespace tool {
namespace {

constexpr const char* kEraseLine = "\r\x1b[K";

}  // namespace

Progress::Progress(int fd, std::chrono::milliseconds step) : fd_(fd) {
  if (::isatty(fd) == 1) teller_ = std::thread([this, step] { tell(step); });
}

Progress::~Progress() {
  if (!teller_.joinable()) return;
  {
    const std::lock_guard held(lock_);
    is_over_ = true;
  }
  over_.notify_one();
  teller_.join();
}

void Progress::tell(std::chrono::milliseconds step) {
  std::unique_lock held(lock_);
  unsigned steps = 0;
  while (!over_.wait_for(held, step, [this] { return is_over_; }))
    write_all(fd_, fmt::format("{}reading the sockets: {} s", kEraseLine, ++steps));
  if (steps > 0) write_all(fd_, kEraseLine);
}

tcptable::Result<tcptable::Snapshot> snapshot_with_progress(const tcptable::Query& query) {
  const Progress progress;
  return tcptable::take_snapshot(query);
}

}  // namespace tool
