// SPDX-License-Identifier: MIT
#include "contract/churn_oracle.hpp"

#include <algorithm>
#include <chrono>

#include "contract/snapshot_fixture.hpp"

namespace tcptable::test {
namespace {

bool is_closing(State state) {
  constexpr State kClosing[] = {State::fin_wait1, State::fin_wait2, State::close_wait,
                                State::closing,   State::last_ack,  State::time_wait};
  return std::find(std::begin(kClosing), std::end(kClosing), state) != std::end(kClosing);
}

std::string text_of(const SocketRow& row, const Process* owner) {
  return describe(row.local) + " " + describe(row.remote) + " " + std::string(to_string(row.state)) +
         ", owner " +
         (owner == nullptr ? std::string(to_string(row.owner_status)) : std::to_string(owner->pid));
}

}  // namespace

// How many rows are wrong, and the first of each kind.
struct ChurnOracle::Faults {
  struct Kind {
    const char* name;
    std::size_t count;
    std::string first;

    void add(const std::string& what) {
      if (count++ == 0) first = what;
    }
  };

  std::string text() const {
    std::string all;
    for (const Kind& kind : {missing, repeated, wrong_state, misattributed, never_was}) {
      if (kind.count != 0) all += std::to_string(kind.count) + kind.name + " (" + kind.first + ") ";
    }
    return all;
  }

  Kind missing{" missing", 0, {}};
  Kind repeated{" repeated", 0, {}};
  Kind wrong_state{" in a wrong state", 0, {}};
  Kind misattributed{" misattributed", 0, {}};
  Kind never_was{" that never were", 0, {}};
};

std::string ChurnOracle::take_table(const Query& query) {
  Window window;
  window.before = churn_.now();
  const auto began = std::chrono::steady_clock::now();
  const Snapshot snapshot = snapshot_of(query);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  window.after = churn_.now();
  tally_.seconds += took.count();
  tally_.connections += Churn::connections_between(window.before, window.after);
  ++tally_.tables;

  Faults faults;
  seen_.assign(lasting_.rows(), 0);
  for (const SocketRow& row : snapshot.rows()) {
    const std::size_t number = lasting_.number_of(row.local, row.remote);
    if (number < lasting_.rows()) {
      judge_lasting(snapshot, row, number, faults);
    } else {
      judge_passing(snapshot, row, window, faults);
    }
  }
  const auto missing = static_cast<std::size_t>(std::count(seen_.begin(), seen_.end(), 0));
  const bool is_marked = !snapshot.completeness().rows;
  tally_.marked += is_marked ? 1 : 0;
  if (is_marked) tally_.missing += missing;
  for (std::size_t i = 0; i < missing && !is_marked; ++i) faults.missing.add("of the lasting");
  return faults.text();
}

void ChurnOracle::judge_lasting(const Snapshot& snapshot, const SocketRow& row, std::size_t number,
                                Faults& faults) {
  const Process* owner = snapshot.owner(row);
  const bool is_repeated = seen_[number]++ != 0;
  const State wanted = lasting_.is_listener(number) ? State::listen : State::established;
  if (is_repeated) faults.repeated.add(text_of(row, owner));
  if (row.state != wanted) faults.wrong_state.add(text_of(row, owner));
  bool is_right = owner != nullptr && owner->pid == lasting_.owner_of(number);
  for (const std::uint32_t holder : snapshot.holders(row)) {
    is_right = is_right && lasting_.is_held_by(number, snapshot.process(holder).pid);
  }
  if (!is_right) faults.misattributed.add(text_of(row, owner));
}

void ChurnOracle::judge_passing(const Snapshot& snapshot, const SocketRow& row, const Window& window,
                                Faults& faults) {
  const Process* owner = snapshot.owner(row);
  const auto wanted =
      churn_.owner_of(row.local, row.remote, is_closing(row.state), window.before, window.after);
  if (!wanted) faults.never_was.add(text_of(row, owner));
  if (wanted && owner != nullptr && owner->pid != *wanted) faults.misattributed.add(text_of(row, owner));
  if (row.state == State::listen) return;
  ++tally_.passing;
  if (owner != nullptr) ++tally_.passing_owned;
}

}  // namespace tcptable::test
