// SPDX-License-Identifier: MIT
// What /proc says of a process's rights and of the machine's mounts. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcptable::model {

/// The hexadecimal mask behind "CapEff:" in /proc/PID/status, bit n for capability n (linux/capability.h).
std::optional<std::uint64_t> parse_effective_capabilities(std::string_view status);

/// The number behind "Seccomp:" in /proc/PID/status: 0 none, 1 strict, 2 filter (seccomp(2)).
std::optional<std::uint32_t> parse_seccomp_mode(std::string_view status);

struct Mounts {
  std::string_view hidepid;  ///< Of the mount that is seen at /proc; empty where that has no such option.
  bool cgroup_v1 = false;
  bool cgroup_v2 = false;
};

/// The text of /proc/PID/mountinfo (proc(5)), into which the answer points; lines that break the format are
/// left out.
Mounts parse_mounts(std::string_view mountinfo);

/// The word in brackets, as in "none [integrity] confidentiality"; empty where there is none.
std::string_view chosen_word(std::string_view text);

struct Release {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  friend auto operator<=>(const Release&, const Release&) = default;
};

/// "6.2.0-39-generic"
std::optional<Release> parse_release(std::string_view text);

}  // namespace tcptable::model
