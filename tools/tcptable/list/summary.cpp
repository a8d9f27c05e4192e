// SPDX-License-Identifier: MIT
// The reasons why an owner is missing, their words, and the advice that helps.
#include "tcptable/list/summary.hpp"

#include <fmt/format.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace tool {
namespace {

using tcptable::OwnerStatus;

struct Reason {
  OwnerStatus status;
  bool hidden;  // more rights, or another place, would show the owner
  std::string_view text;
};

// The advice speaks of the last reason named.
constexpr std::array<Reason, 8> kReasons{
    {{OwnerStatus::not_requested, false, "not asked for"},
     {OwnerStatus::time_wait, false, "time_wait"},
     {OwnerStatus::orphaned, false, "closed by their process"},
     {OwnerStatus::kernel, false, "held by the kernel alone"},
     {OwnerStatus::exited, false, "closed meanwhile"},
     {OwnerStatus::ambiguous, false, "waiting for one of several listeners"},
     {OwnerStatus::other_pid_namespace, true, "in another pid namespace"},
     {OwnerStatus::not_permitted, true, "not permitted"}}};

class Counts {
 public:
  explicit Counts(Rows rows) : all_(rows.size()) {
    constexpr std::size_t kAhead = 16;  // ordered rows lie anywhere in memory
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (i + kAhead < rows.size()) __builtin_prefetch(&rows[i + kAhead]->owner_status);
      ++counts_[static_cast<std::size_t>(rows[i]->owner_status)];
    }
  }
  std::size_t of(OwnerStatus status) const { return counts_[static_cast<std::size_t>(status)]; }
  std::size_t without_owner() const { return all_ - of(OwnerStatus::known); }

 private:
  std::size_t all_;
  std::array<std::size_t, tcptable::kOwnerStatusCount> counts_{};
};

std::string_view advice(const Counts& counts, Viewer viewer) {
  if (counts.of(OwnerStatus::not_permitted) != 0) {
    switch (viewer) {
      case Viewer::user:
        return "; run as root to see them";
      case Viewer::root:
        return "; root needs CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH to see them";
      case Viewer::capable:
        // What may still refuse (__ptrace_may_access, kernel/ptrace.c).
        return "; hidden even from CAP_SYS_PTRACE: by a security module, an outer user namespace or no /proc";
    }
  }
  if (counts.of(OwnerStatus::other_pid_namespace) != 0)
    return "; run in the host's pid namespace to see them";
  return {};
}

std::string counted(std::uint32_t count, std::string_view one, std::string_view several) {
  return fmt::format("{} {}", count, count == 1 ? one : several);
}

std::string unread_namespaces(const tcptable::Completeness& completeness) {
  std::string text;
  if (const auto count = completeness.namespaces_not_entered; count != 0)
    text = counted(count, "network namespace", "network namespaces") + " could not be entered";
  if (const auto count = completeness.processes_of_unknown_namespace; count != 0)
    text += fmt::format("{}the network namespace of {} could not be read", text.empty() ? "" : "; ",
                        counted(count, "process", "processes"));
  return text;
}

}  // namespace

Viewer this_viewer() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> held{};
  constexpr std::uint32_t kReads = 1U << CAP_DAC_READ_SEARCH | 1U << CAP_DAC_OVERRIDE;
  constexpr std::uint32_t kTraces = 1U << CAP_SYS_PTRACE;
  const bool told = syscall(SYS_capget, &header, held.data()) == 0;
  if (told && (held[0].effective & kReads) != 0 && (held[0].effective & kTraces) != 0) return Viewer::capable;
  return geteuid() == 0 ? Viewer::root : Viewer::user;
}

bool has_all_rows(const tcptable::Completeness& completeness) {
  return completeness.rows && completeness.namespaces_not_entered == 0 &&
         completeness.processes_of_unknown_namespace == 0;
}

std::string closing_line(Rows shown, const tcptable::Completeness& completeness, Viewer viewer) {
  const Counts counts(shown);
  std::string line;
  for (const Reason& reason : kReasons) {
    const std::size_t count = counts.of(reason.status);
    if (count != 0) line += fmt::format("{}{} {}", line.empty() ? "" : ", ", count, reason.text);
  }
  if (!line.empty()) {
    const std::size_t missing = counts.without_owner();
    line = fmt::format("{} of {} sockets {} no owner: {}{}", missing, shown.size(),
                       missing == 1 ? "has" : "have", line, advice(counts, viewer));
  }
  const auto add = [&line](const std::string& text) { line += (line.empty() ? "" : "; ") + text; };
  if (!completeness.rows) add("the table changed while it was read, rows may be missing");
  if (const std::string unread = unread_namespaces(completeness); !unread.empty()) add(unread);
  return line.empty() ? line : line + "\n";
}

bool is_partial(Rows shown, const tcptable::Completeness& completeness) {
  const Counts counts(shown);
  if (!has_all_rows(completeness)) return true;
  return std::any_of(kReasons.begin(), kReasons.end(),
                     [&](const Reason& reason) { return reason.hidden && counts.of(reason.status) != 0; });
}

}  // namespace tool
