// SPDX-License-Identifier: MIT
// Which wanted sockets one process after the other holds, by /proc/PID/fd.
#pragma once

#include "owner/fd_walk.hpp"
#include "owner/unowned_sockets.hpp"
#include "sys/directory.hpp"
#include "sys/file.hpp"

#include <array>
#include <optional>
#include <string>

namespace tcptable::owner {

/// A process to walk, as a listing of /proc has it.
struct Candidate {
  std::string pid;
  /// Who it was when the order was made; absent where the order doesn't matter.
  std::optional<Process> process;
};

/// What it finds is one worker's: each has its own.
class ProcessWalker {
 public:
  /// `unowned`, where given, is told of each holder that is still who the candidate says.
  ProcessWalker(sys::Kernel& kernel, const SocketIndex& wanted, Tables tables, UnownedSockets* unowned);

  /// `proc` is a descriptor of /proc.
  void walk(int proc, const Candidate& candidate);
  /// Who it is; absent where it has gone.
  std::optional<Process> look_at(int proc, const std::string& pid);

  FdWalk& found() { return found_; }
  /// Why the walk is worthless, if it is.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  enum class Link : std::uint8_t { read, absent, unreadable };
  static constexpr std::uint32_t kUnidentified = UINT32_MAX;

  void note(const Error& error);
  bool walk_first_thread(int proc, const Candidate& candidate);
  void walk_process(int proc, const Candidate& candidate);
  std::size_t walk_directory(int directory);
  std::optional<std::size_t> walk_by_number(int directory, std::size_t& seen);
  Link take_descriptor(int directory, const char* name);
  void take_socket(std::uint32_t inode);
  void look_up_seen();
  bool is_wanted(const std::string& pid, const char* thread);
  void walk_threads(int process, const std::string& pid);
  void identify(sys::Path stat, std::size_t first, const Candidate& candidate);

  sys::Kernel& kernel_;
  const SocketIndex& wanted_;
  Tables tables_;
  UnownedSockets* unowned_;
  sys::DirectoryReader entries_;
  sys::DirectoryReader threads_;
  std::array<std::uint32_t, 16> seen_{};  // inodes of the process's sockets that were not looked up yet
  std::size_t seen_count_ = 0;
  FdWalk found_;
  std::optional<Error> failure_;
};

}  // namespace tcptable::owner
