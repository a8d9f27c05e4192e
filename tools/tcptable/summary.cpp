// SPDX-License-Identifier: MIT
#include "tcptable/summary.hpp"

#include <fmt/format.h>

#include <array>

namespace tool {
namespace {

using tcptable::OwnerStatus;

struct Reason {
  OwnerStatus status;
  const char* text;
};

constexpr std::array<Reason, 7> kReasons{{{OwnerStatus::time_wait, "time_wait"},
                                          {OwnerStatus::orphaned, "closed by their process"},
                                          {OwnerStatus::not_permitted, "not permitted"},
                                          {OwnerStatus::other_pid_namespace, "in another pid namespace"},
                                          {OwnerStatus::exited, "closed meanwhile"},
                                          {OwnerStatus::ambiguous, "wait for one of several listeners"},
                                          {OwnerStatus::kernel, "held by the kernel alone"}}};

}  // namespace

std::string closing_line(std::span<const tcptable::SocketRow* const> shown) {
  std::array<std::size_t, tcptable::kOwnerStatusCount> counts{};
  for (const tcptable::SocketRow* row : shown) ++counts[static_cast<std::size_t>(row->owner_status)];
  const std::size_t missing = shown.size() - counts[static_cast<std::size_t>(OwnerStatus::known)];
  if (missing == 0) return {};
  std::string reasons;
  for (const Reason& reason : kReasons) {
    const std::size_t count = counts[static_cast<std::size_t>(reason.status)];
    if (count != 0) reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", count, reason.text);
  }
  std::string line = fmt::format("{} of {} sockets {} no owner: {}", missing, shown.size(),
                                 missing == 1 ? "has" : "have", reasons);
  if (counts[static_cast<std::size_t>(OwnerStatus::not_permitted)] != 0) {
    line += "; root, or CAP_SYS_PTRACE with CAP_DAC_READ_SEARCH, sees more";
  } else if (counts[static_cast<std::size_t>(OwnerStatus::other_pid_namespace)] != 0) {
    line += "; run it in the host's pid namespace to see more";
  }
  return line + "\n";
}

bool is_partial(const tcptable::Snapshot& snapshot) {
  return !snapshot.completeness().rows || !snapshot.completeness().owners;
}

}  // namespace tool
