// SPDX-License-Identifier: MIT
#include "owner/descriptor_memory.hpp"

#include <algorithm>

namespace tcptable::owner {

std::optional<Seat> DescriptorMemory::seat_of(std::uint32_t inode) const {
  const auto at = seats_.find(inode);
  if (at == seats_.end()) return std::nullopt;
  return at->second;
}

std::optional<std::uint32_t> DescriptorMemory::uid_of(std::int32_t pid) const {
  const auto at = processes_.find(pid);
  return at == processes_.end() ? std::nullopt : at->second.uid;
}

void DescriptorMemory::note(Seat seat, std::uint32_t inode) {
  Descriptors& process = entry(seat.pid);
  const auto number = static_cast<std::size_t>(seat.fd);
  if (number >= process.by_number.size()) process.by_number.resize(number + 1);
  Taken& taken = process.by_number[number];
  if (taken.open && taken.inode == inode) return;
  if (taken.inode != 0) unlink(taken.inode, seat);
  taken = {inode, true};
  if (inode != 0) seats_[inode] = seat;
  while (process.lowest_free < process.by_number.size() && process.by_number[process.lowest_free].open) {
    ++process.lowest_free;
  }
  process.make_recent(seat.fd);
}

void DescriptorMemory::mark_active(Seat seat) {
  Descriptors& process = entry(seat.pid);
  by_activity_.splice(by_activity_.begin(), by_activity_, process.place);
  process.make_recent(seat.fd);
}

void DescriptorMemory::Descriptors::make_recent(std::int32_t fd) {
  const auto end = recent.begin() + static_cast<std::ptrdiff_t>(recent_count);
  const auto at = std::find(recent.begin(), end, fd);
  if (at != end) {
    std::rotate(recent.begin(), at, at + 1);
    return;
  }
  recent_count = std::min(recent_count + 1, kRecent);
  std::shift_right(recent.begin(), recent.end(), 1);
  recent.front() = fd;
}

void DescriptorMemory::forget_seat(Seat seat) {
  const auto process = processes_.find(seat.pid);
  const auto number = static_cast<std::size_t>(seat.fd);
  if (process == processes_.end() || number >= process->second.by_number.size()) return;
  Taken& taken = process->second.by_number[number];
  unlink(taken.inode, seat);
  taken = {};
  process->second.lowest_free = std::min(process->second.lowest_free, number);
}

void DescriptorMemory::forget_descriptors(std::int32_t pid) {
  const auto process = processes_.find(pid);
  if (process == processes_.end()) return;
  auto& by_number = process->second.by_number;
  for (std::size_t number = 0; number < by_number.size(); ++number) {
    unlink(by_number[number].inode, {pid, static_cast<std::int32_t>(number)});
  }
  by_number.clear();
  process->second.lowest_free = process->second.recent_count = 0;
}

void DescriptorMemory::forget_process(std::int32_t pid) {
  forget_descriptors(pid);
  const auto process = processes_.find(pid);
  if (process == processes_.end()) return;
  by_activity_.erase(process->second.place);
  processes_.erase(process);
}

std::size_t DescriptorMemory::descriptors_of(std::int32_t pid) const {
  const auto process = processes_.find(pid);
  return process == processes_.end() ? 0 : process->second.by_number.size();
}

std::int32_t DescriptorMemory::lowest_free(std::int32_t pid) const {
  const auto process = processes_.find(pid);
  return process == processes_.end() ? 0 : static_cast<std::int32_t>(process->second.lowest_free);
}

std::vector<std::int32_t> DescriptorMemory::recent(std::int32_t pid) const {
  const auto process = processes_.find(pid);
  if (process == processes_.end()) return {};
  const Descriptors& descriptors = process->second;
  std::vector<std::int32_t> result;
  for (std::size_t i = 0; i < descriptors.recent_count; ++i) {
    if (descriptors.by_number[static_cast<std::size_t>(descriptors.recent[i])].open) {
      result.push_back(descriptors.recent[i]);
    }
  }
  return result;
}

DescriptorMemory::Descriptors& DescriptorMemory::entry(std::int32_t pid) {
  const auto known = processes_.find(pid);
  if (known != processes_.end()) return known->second;
  std::list<std::int32_t> place{pid};
  Descriptors& added = processes_[pid];
  added.place = place.begin();
  by_activity_.splice(by_activity_.end(), place);
  return added;
}

// Another process may have been seen with the socket since.
void DescriptorMemory::unlink(std::uint32_t inode, Seat seat) {
  const auto at = seats_.find(inode);
  if (at != seats_.end() && at->second == seat) seats_.erase(at);
}

}  // namespace tcptable::owner
