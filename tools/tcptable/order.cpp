// SPDX-License-Identifier: MIT
#include "tcptable/order.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace tool {
namespace {

using tcptable::Endpoint;
using tcptable::SocketRow;
using tcptable::State;

bool is_listener(const SocketRow& row) {
  return row.protocol == tcptable::Protocol::tcp ? row.state == State::listen : row.remote.port == 0;
}

auto address_key(const Endpoint& endpoint) {
  return std::tie(endpoint.family, endpoint.address, endpoint.scope_id);
}

class ByField {
 public:
  ByField(const tcptable::Snapshot& snapshot, SortField field, Names& names)
      : snapshot_(snapshot), field_(field), names_(names) {}

  bool operator()(const SocketRow& a, const SocketRow& b) const {
    switch (field_) {
      case SortField::state:
        return to_string(a.state) < to_string(b.state);
      case SortField::local:
        return address_key(a.local) < address_key(b.local);
      case SortField::local_port:
        return a.local.port < b.local.port;
      case SortField::remote:
        return address_key(a.remote) < address_key(b.remote);
      case SortField::remote_port:
        return a.remote.port < b.remote.port;
      case SortField::pid:
        return pid(a) < pid(b);
      case SortField::process:
        return process(a) < process(b);
      case SortField::user:
        return names_.user(a.uid).text() < names_.user(b.uid).text();
    }
    return false;
  }

 private:
  int pid(const SocketRow& row) const {
    const auto* owner = snapshot_.owner(row);
    return owner != nullptr ? owner->pid : 0;
  }
  std::string_view process(const SocketRow& row) const {
    const auto* owner = snapshot_.owner(row);
    return owner != nullptr ? std::string_view(owner->name) : std::string_view();
  }

  const tcptable::Snapshot& snapshot_;
  SortField field_;
  Names& names_;
};

}  // namespace

std::vector<const SocketRow*> ordered_rows(const tcptable::Snapshot& snapshot, const Options& options,
                                           Names& names) {
  std::vector<const SocketRow*> rows;
  rows.reserve(snapshot.rows().size());
  for (const SocketRow& row : snapshot.rows()) {
    if (!options.listeners || is_listener(row)) rows.push_back(&row);
  }
  const ByField less(snapshot, options.sort, names);
  std::stable_sort(rows.begin(), rows.end(), [&](const SocketRow* a, const SocketRow* b) {
    if (!options.sorted && is_listener(*a) != is_listener(*b)) return is_listener(*a);
    return options.descending ? less(*b, *a) : less(*a, *b);
  });
  return rows;
}

}  // namespace tool
