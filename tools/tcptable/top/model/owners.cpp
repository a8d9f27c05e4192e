// SPDX-License-Identifier: MIT
// A process is known by pid and start time, so a reused pid is another process.
#include "tcptable/top/model/owners.hpp"

namespace tool::top {

OwnerId Owners::id_of(const tcptable::Process& process) {
  const auto [at, is_new] = by_pid_.try_emplace(process.pid, kNoOwner);
  if (!is_new) {
    Known& known = known_[at->second];
    if (known.process.start_time == process.start_time) {
      // A service is forked under its manager's name and moved to its own control group before it gets its
      // own.
      if (known.process.name != process.name) known.names.reset();
      known.process.name = process.name;
      return at->second;
    }
  }
  if (free_.empty()) {
    at->second = static_cast<OwnerId>(known_.size());
    known_.emplace_back();
  } else {
    at->second = free_.back();
    free_.pop_back();
  }
  known_[at->second] = Known{process, std::nullopt, false, false};
  return at->second;
}

const tcptable::CgroupNames& Owners::names(OwnerId id) {
  Known& known = known_[id];
  if (!known.names) known.names = read_(known.process).value_or(tcptable::CgroupNames());
  return *known.names;
}

std::string_view Owners::unit(OwnerId id) {
  if (id == kNoOwner) return {};
  const tcptable::CgroupNames& found = names(id);
  return found.user_unit.empty() ? found.unit : found.user_unit;
}

std::string_view Owners::container(OwnerId id) {
  return id == kNoOwner ? std::string_view() : names(id).container;
}

void Owners::forget_others() {
  for (OwnerId id = 0; id < known_.size(); ++id) {
    Known& known = known_[id];
    if (!known.kept && !known.free) {
      const auto at = by_pid_.find(known.process.pid);
      if (at != by_pid_.end() && at->second == id) by_pid_.erase(at);
      known = Known{{}, std::nullopt, false, true};
      free_.push_back(id);
    }
    known.kept = false;
  }
}

}  // namespace tool::top
