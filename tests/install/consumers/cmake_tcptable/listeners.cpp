// SPDX-License-Identifier: MIT
// The README's program in C++.
#include <tcptable/tcptable.hpp>

#include <cstdio>

int main() {
  tcptable::Query query;
  query.states = {tcptable::State::listen};
  const auto snapshot = tcptable::take_snapshot(query);
  if (!snapshot) return 1;
  for (const tcptable::SocketRow& row : snapshot->rows()) {
    const tcptable::Process* owner = snapshot->owner(row);
    std::printf("%s port %u: %s\n", address_text(row.local).c_str(), row.local.port,
                owner ? owner->name.c_str() : to_string(row.owner_status).data());
  }
}
