// SPDX-License-Identifier: MIT
// Choosing, sorting by keys taken out once, grouping in the order of each group's first row.
#include "tcptable/top/model/arrangement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "tcptable/columns/sort_key.hpp"
#include "tcptable/filter/match.hpp"

namespace tool::top {
namespace {

struct Keyed {
  SortKey key;
  std::uint64_t place = 0;  // listeners by port, then the others by port
  std::uint64_t id = 0;     // of equal rows the one first seen stays in front
  std::uint32_t index = 0;
};

std::uint64_t place_of(const tcptable::SocketRow& row) {
  return row.local.port + (is_listening(row) ? 0U : 0x10000U);
}

std::string group_name(const Socket& socket, Grouping grouping) {
  if (grouping == Grouping::process) {
    const tcptable::Process* process = socket.owner();
    return process != nullptr ? fmt::format("{} ({})", process->name, process->pid) : std::string();
  }
  const Value value = socket.reader().value(group_column(grouping));
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : std::string();
}

}  // namespace

void Counts::add(const Socket& socket) {
  if (socket.change == Change::closed) return;
  if (is_listening(*socket.row)) {
    ++listening;
  } else {
    ++(socket.row->state == tcptable::State::established ? established : other);
  }
}

void Arrangement::choose(std::span<const Socket> sockets, const Choices& choices) {
  chosen_.clear();
  counts_ = {};
  for (std::uint32_t i = 0; i < sockets.size(); ++i) {
    if (!is_chosen(*sockets[i].row, choices)) continue;
    if (!filter::matches(choices.filter, sockets[i].reader().facts())) continue;
    chosen_.push_back(i);
    counts_.add(sockets[i]);
  }
}

void Arrangement::sort(std::span<const Socket> sockets, const Choices& choices) {
  std::optional<SortKeys> sort_keys;
  if (choices.sort != nullptr) sort_keys.emplace(*choices.sort);
  std::vector<Keyed> keys;
  keys.reserve(chosen_.size());
  for (const std::uint32_t index : chosen_) {
    const Socket& socket = sockets[index];
    const SortKey key = sort_keys ? sort_keys->of_row(socket.reader()) : SortKey();
    keys.push_back({key, place_of(*socket.row), socket.id, index});
  }
  std::sort(keys.begin(), keys.end(), [&](const Keyed& a, const Keyed& b) {
    const auto by_key = a.key <=> b.key;
    if (by_key != 0) return choices.descending ? by_key > 0 : by_key < 0;
    if (a.place != b.place)
      return choices.descending && choices.sort == nullptr ? a.place > b.place : a.place < b.place;
    return a.id < b.id;
  });
  std::transform(keys.begin(), keys.end(), chosen_.begin(), [](const Keyed& key) { return key.index; });
}

void Arrangement::make_groups(std::span<const Socket> sockets, Grouping grouping) {
  std::unordered_map<std::string, std::size_t> positions;
  for (const std::uint32_t index : chosen_) {
    std::string name = group_name(sockets[index], grouping);
    const auto [at, is_new] = positions.try_emplace(name, groups_.size());
    if (is_new) groups_.push_back({std::move(name), {}, {}});
    groups_[at->second].counts.add(sockets[index]);
    groups_[at->second].sockets.push_back(index);
  }
}

void Arrangement::arrange(std::span<const Socket> sockets, const Choices& choices) {
  choose(sockets, choices);
  sort(sockets, choices);
  lines_.clear();
  groups_.clear();
  if (choices.grouping == Grouping::none) {
    for (const std::uint32_t index : chosen_) lines_.push_back({Line::Kind::socket, index});
    return;
  }
  make_groups(sockets, choices.grouping);
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    lines_.push_back({Line::Kind::group, i});
    if (is_folded(groups_[i])) continue;
    for (const std::uint32_t index : groups_[i].sockets) lines_.push_back({Line::Kind::socket, index});
  }
}

void Arrangement::toggle_fold(const Group& group) {
  if (folded_.erase(group.name) == 0) folded_.insert(group.name);
}

}  // namespace tool::top
