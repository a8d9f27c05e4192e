// SPDX-License-Identifier: MIT
// The facts of a snapshot's rows.
#pragma once

#include <tcptable/process.hpp>
#include <tcptable/snapshot.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tcptable/filter/facts.hpp"

namespace tool::filter {

/// /proc/net has no limits of accept queues: there a listener's send_queue is 0 and means nothing.
inline bool knows_backlogs(const tcptable::Snapshot& snapshot) {
  return snapshot.backend_name() != "procfs";
}

/// For one row after another. Processes are described when a filter first asks for what a snapshot doesn't
/// hold (exe, cmdline), and remembered for the other rows.
class SnapshotFacts final : public Facts {
 public:
  /// The snapshot must outlive it.
  explicit SnapshotFacts(const tcptable::Snapshot& snapshot) : snapshot_(snapshot) {}

  /// From here on the facts are this row's, which must be one of the snapshot's.
  void look_at(const tcptable::SocketRow& row) { row_ = &row; }

  const tcptable::SocketRow& row() const override { return *row_; }
  Values<std::uint64_t> numbers(Key key) override;
  Values<std::string_view> texts(Key key) override;

 private:
  // nullptr: it has gone since the snapshot.
  const tcptable::ProcessDescription* description(const tcptable::Process& process);
  const std::string* command_line(const tcptable::Process& process);

  void add_number(std::uint64_t number) { numbers_.push_back(number); }
  void add_text(std::string_view text) {
    if (!text.empty()) texts_.push_back(text);
  }
  // Each adds what it finds, and returns whether that is all there is.
  bool add_numbers(Key key);
  bool add_texts(Key key);
  bool add_network_namespace();
  bool add_process_names();
  bool add_executables();
  bool add_command_lines();
  bool add_start();
  bool add_cgroup_texts(Key key);
  bool add_tcp_texts(Key key);
  bool add_tcp_numbers(Key key);
  bool add_memory_numbers(Key key);

  bool knows_holders() const;
  bool is_half_a_socket() const;

  const tcptable::Snapshot& snapshot_;
  const tcptable::SocketRow* row_ = nullptr;
  std::vector<std::uint64_t> numbers_;
  std::vector<std::string_view> texts_;
  std::string namespace_number_;
  std::unordered_map<const tcptable::Process*, std::optional<tcptable::ProcessDescription>> descriptions_;
  std::unordered_map<const tcptable::Process*, std::optional<std::string>> command_lines_;
};

}  // namespace tool::filter
