// SPDX-License-Identifier: MIT
#include "support/unit_cgroup.hpp"

#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace tcptable::test {
namespace {

// Its mount point.
std::filesystem::path find_hierarchy(Hierarchy wanted) {
  std::ifstream mounts("/proc/self/mounts");
  std::filesystem::path unified;
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream fields(line);
    std::string device, point, type, options;
    fields >> device >> point >> type >> options;
    const bool is_systemds = type == "cgroup" && options.find("name=systemd") != options.npos;
    if (is_systemds && wanted == Hierarchy::of_service_manager) return point;
    if (type == "cgroup2") unified = point;
  }
  if (unified.empty()) throw std::runtime_error("no such cgroup hierarchy is mounted");
  return unified;
}

void write_pid(const std::filesystem::path& group, pid_t pid) {
  std::ofstream file(group / "cgroup.procs");
  file << pid << std::flush;
  if (!file) throw std::system_error(errno, std::generic_category(), group / "cgroup.procs");
}

}  // namespace

UnitCgroup::UnitCgroup(const std::string& unit, Hierarchy hierarchy)
    : root_(find_hierarchy(hierarchy)),
      slice_("tcptable-test-" + std::to_string(::getpid()) + ".slice"),
      unit_(unit) {
  std::filesystem::create_directories(root_ / slice_ / unit_);
  // Whatever the umask: ordinary users see the names of groups.
  for (const auto& group : {root_ / slice_, root_ / slice_ / unit_})
    std::filesystem::permissions(group, std::filesystem::perms(0755));
}

UnitCgroup::~UnitCgroup() {
  dissolve();
}

void UnitCgroup::dissolve() const {
  // The kernel lets go of an ended process a moment after its parent has learned of it.
  constexpr int kTries = 200;
  std::error_code refused;
  for (int i = 0; i < kTries; ++i) {
    if (std::filesystem::remove(root_ / slice_ / unit_, refused)) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  std::filesystem::remove(root_ / slice_, refused);
}

void UnitCgroup::add(pid_t pid) const {
  write_pid(root_ / slice_ / unit_, pid);
}

void UnitCgroup::remove(pid_t pid) const {
  write_pid(root_, pid);
}

}  // namespace tcptable::test
