// SPDX-License-Identifier: MIT
// Each socket's findings, the leaks of each process, and their text.
#include "tcptable/why/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "tcptable/filter/match.hpp"
#include "tcptable/filter/snapshot_facts.hpp"
#include "tcptable/output/display.hpp"
#include "tcptable/output/names.hpp"
#include "tcptable/output/place.hpp"
#include "tcptable/output/quantity.hpp"

namespace tool::why {
namespace {

using tcptable::Process;
using tcptable::Snapshot;
using tcptable::SocketRow;

class Leaks {
 public:
  void count(const Process* process, const SocketRow& row) {
    Leak& leak = by_process_[process];
    leak.process = process;
    ++leak.sockets;
    leak.oldest_ms = std::max(leak.oldest_ms, row.minimum_age_ms);
  }

  std::vector<Leak> sorted() const {
    std::vector<Leak> leaks;
    for (const auto& [process, leak] : by_process_) leaks.push_back(leak);
    std::sort(leaks.begin(), leaks.end(), [](const Leak& a, const Leak& b) { return a.sockets > b.sockets; });
    return leaks;
  }

 private:
  std::map<const Process*, Leak> by_process_;
};

std::string socket_line(const Snapshot& snapshot, const SocketRow& row) {
  const Process* owner = snapshot.owner(row);
  const std::string remote = row.remote.port != 0 ? " <-> " + place_text(row.remote) : "";
  return fmt::format("{} {}{}  {}  {}\n", to_string(row.protocol), place_text(row.local), remote,
                     state_word(row), owner != nullptr ? process_text(*owner) : "-");
}

std::string leak_line(const Leak& leak) {
  const std::string who =
      leak.process != nullptr ? process_text(*leak.process) : "a process that is not known";
  const auto age = std::chrono::milliseconds(leak.oldest_ms);
  const std::string oldest =
      leak.oldest_ms == 0 ? "" : fmt::format(", the oldest for at least {}", duration_text(age));
  return fmt::format("{} has not closed {} {} that the peer has closed{}\n", who, leak.sockets,
                     leak.sockets == 1 ? "connection" : "connections", oldest);
}

}  // namespace

Report report_on(const Snapshot& snapshot, const filter::Expression& filter) {
  Report report;
  Leaks leaks;
  filter::SnapshotFacts facts(snapshot);
  for (const SocketRow& row : snapshot.rows()) {
    facts.look_at(row);
    if (!filter::matches(filter, facts)) continue;
    ++report.sockets;
    if (row.state == tcptable::State::close_wait) leaks.count(snapshot.owner(row), row);
    auto findings =
        findings_of(row, snapshot.tcp_info(row), snapshot.memory(row), filter::knows_backlogs(snapshot));
    if (!findings.empty()) report.diagnoses.push_back({&row, std::move(findings)});
  }
  std::stable_sort(report.diagnoses.begin(), report.diagnoses.end(),
                   [](const Diagnosis& a, const Diagnosis& b) {
                     return a.findings.front().limit < b.findings.front().limit;
                   });
  report.leaks = leaks.sorted();
  return report;
}

std::string text_of(const Snapshot& snapshot, const Report& report) {
  std::string text;
  for (const Leak& leak : report.leaks) text += leak_line(leak);
  for (const Diagnosis& diagnosis : report.diagnoses) {
    text += socket_line(snapshot, *diagnosis.row);
    for (const Finding& finding : diagnosis.findings)
      text += fmt::format("  {:<20}  {}\n", to_string(finding.limit), finding.evidence);
  }
  return text;
}

}  // namespace tool::why
