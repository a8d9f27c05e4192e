// SPDX-License-Identifier: MIT
#include "api/row_changes.hpp"

#include <algorithm>

#include "model/process_identity.hpp"
#include "model/row_index.hpp"

namespace tcptable::api {
namespace {

bool same_holders(const Snapshot& before, const SocketRow& a, const Snapshot& now, const SocketRow& b) {
  const auto earlier = before.holders(a);
  const auto later = now.holders(b);
  return std::equal(earlier.begin(), earlier.end(), later.begin(), later.end(),
                    [&](std::uint32_t one, std::uint32_t other) {
                      return model::is_same_process(before.process(one), now.process(other));
                    });
}

bool same_facts(const SocketRow& a, const SocketRow& b) {
  return a.state == b.state && a.local == b.local && a.remote == b.remote && a.interface == b.interface &&
         a.uid == b.uid && a.inode == b.inode && a.owner_status == b.owner_status;
}

// Rows come in nearly the order of the last time: most stand behind the one that they stood behind then, and
// are not looked for anywhere in memory.
template <typename Identity>
void compare(const Snapshot& before, const Snapshot& now, RowChanges& changes) {
  const auto earlier = before.rows();
  const auto later = now.rows();
  model::RowIndex<Identity> index(earlier, changes.slots);
  for (std::uint32_t i = 0; i < earlier.size(); ++i) index.insert(i);
  std::uint32_t expected = 0;
  for (std::uint32_t i = 0; i < later.size(); ++i) {
    const bool is_there = expected < earlier.size() && Identity::same(earlier[expected], later[i]);
    const std::uint32_t at = is_there ? expected : index.find(later[i]);
    if (at == index.kEmpty) {
      changes.added.push_back(i);
      continue;
    }
    expected = at + 1;
    changes.is_kept[at] = 1;
    const bool same = same_facts(earlier[at], later[i]) && same_holders(before, earlier[at], now, later[i]);
    if (!same) changes.changed.push_back({at, i});
  }
}

}  // namespace

void find_changes(const Snapshot& before, const Snapshot& now, bool by_cookie, RowChanges& changes) {
  changes.added.clear();
  changes.removed.clear();
  changes.changed.clear();
  changes.is_kept.assign(before.rows().size(), 0);
  if (by_cookie) {
    compare<model::SocketIdentity>(before, now, changes);
  } else {
    compare<model::InodeIdentity>(before, now, changes);
  }
  for (std::uint32_t i = 0; i < changes.is_kept.size(); ++i) {
    if (changes.is_kept[i] == 0) changes.removed.push_back(i);
  }
}

}  // namespace tcptable::api
