// SPDX-License-Identifier: MIT
// Where each key's value is found, and when it is known that there is none.
#include "tcptable/filter/snapshot_facts.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "tcptable/filter/tcp_number.hpp"

namespace tool::filter {

using tcptable::OwnerStatus;

Values<std::uint64_t> SnapshotFacts::numbers(Key key) {
  numbers_.clear();
  const bool complete = add_numbers(key);
  return {numbers_, complete};
}

Values<std::string_view> SnapshotFacts::texts(Key key) {
  texts_.clear();
  const bool complete = add_texts(key);
  return {texts_, complete};
}

// Also true where it is known that no process holds the socket.
bool SnapshotFacts::knows_holders() const {
  switch (row_->owner_status) {
    case OwnerStatus::known:
    case OwnerStatus::time_wait:
    case OwnerStatus::orphaned:
    case OwnerStatus::kernel:
      return true;
    default:
      return false;
  }
}

bool SnapshotFacts::add_numbers(Key key) {
  switch (key) {
    case Key::pid:
      for (std::uint32_t holder : snapshot_.holders(*row_))
        add_number(static_cast<std::uint64_t>(snapshot_.process(holder).pid));
      return knows_holders();
    case Key::user:
      if (row_->uid) add_number(*row_->uid);
      return row_->uid.has_value();
    case Key::interface:
      add_number(row_->interface);
      return true;
    case Key::inode:
      if (row_->inode != 0) add_number(row_->inode);
      return true;
    case Key::cookie:
      if (row_->cookie != 0) add_number(row_->cookie);
      return row_->cookie != 0;
    case Key::receive_queue:
      add_number(row_->receive_queue);
      return true;
    case Key::send_queue:
      if (row_->state == tcptable::State::listen && !knows_backlogs(snapshot_)) return false;
      add_number(row_->send_queue);
      return true;
    case Key::backlog:
      if (row_->state != tcptable::State::listen) return true;
      if (knows_backlogs(snapshot_)) add_number(row_->send_queue);
      return knows_backlogs(snapshot_);
    case Key::age:
      if (row_->minimum_age_ms != 0) add_number(row_->minimum_age_ms * std::uint64_t{1000});
      return row_->minimum_age_ms != 0;
    case Key::drops:
    case Key::receive_buffer:
    case Key::send_buffer:
      return add_memory_numbers(key);
    case Key::start:
      return add_start();
    default:
      return add_tcp_numbers(key);
  }
}

bool SnapshotFacts::add_start() {
  const tcptable::Process* owner = snapshot_.owner(*row_);
  if (owner == nullptr) return knows_holders();
  const auto since_1970 = tcptable::started_at(*owner).time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_1970).count();
  add_number(static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 0)));
  return true;
}

bool SnapshotFacts::add_texts(Key key) {
  switch (key) {
    case Key::process:
      return add_process_names();
    case Key::exe:
      return add_executables();
    case Key::cmdline:
      return add_command_lines();
    case Key::unit:
    case Key::slice:
    case Key::container:
    case Key::pod:
    case Key::cgroup:
      return add_cgroup_texts(key);
    case Key::netns:
      return add_network_namespace();
    case Key::congestion_control:
    case Key::ulp:
      return add_tcp_texts(key);
    case Key::any: {
      const bool processes = add_process_names();
      const bool unit = add_cgroup_texts(Key::unit);
      return add_cgroup_texts(Key::container) && unit && processes;
    }
    default:
      return false;
  }
}

// By its name, where it has one, and by its number.
bool SnapshotFacts::add_network_namespace() {
  const tcptable::NetworkNamespace* in = snapshot_.network_namespace(*row_);
  if (in == nullptr) return false;
  namespace_number_ = std::to_string(in->inode);
  add_text(in->name);
  add_text(namespace_number_);
  return true;
}

bool SnapshotFacts::add_process_names() {
  for (std::uint32_t holder : snapshot_.holders(*row_)) add_text(snapshot_.process(holder).name);
  return knows_holders();
}

bool SnapshotFacts::add_executables() {
  bool all = knows_holders();
  for (std::uint32_t holder : snapshot_.holders(*row_)) {
    const auto* process = description(snapshot_.process(holder));
    if (process != nullptr && process->executable) add_text(process->executable->path);
    all = all && process != nullptr && (process->executable || process->kernel_thread);
  }
  return all;
}

bool SnapshotFacts::add_command_lines() {
  bool all = knows_holders();
  for (std::uint32_t holder : snapshot_.holders(*row_)) {
    const std::string* line = command_line(snapshot_.process(holder));
    if (line != nullptr) add_text(*line);
    all = all && line != nullptr;
  }
  return all;
}

bool SnapshotFacts::add_cgroup_texts(Key key) {
  const tcptable::SocketCgroup* cgroup = snapshot_.cgroup(*row_);
  if (cgroup == nullptr) return is_half_a_socket();
  const tcptable::CgroupNames& names = cgroup->names;
  if (key == Key::cgroup) add_text(cgroup->path);
  if (key == Key::unit || key == Key::slice) {
    add_text(key == Key::unit ? names.unit : names.slice);
    add_text(key == Key::unit ? names.user_unit : names.user_slice);
  }
  if (key == Key::container) add_text(names.container);
  if (key == Key::pod) add_text(names.pod_uid);
  return true;
}

// What the kernel keeps of a connection before it is established and after it is closed.
bool SnapshotFacts::is_half_a_socket() const {
  return row_->state == tcptable::State::time_wait || row_->state == tcptable::State::syn_recv;
}

bool SnapshotFacts::add_tcp_numbers(Key key) {
  const tcptable::TcpInfo* info = snapshot_.tcp_info(*row_);
  if (info == nullptr) return row_->protocol == tcptable::Protocol::udp || is_half_a_socket();
  const TcpNumber number = tcp_number(key, *info);
  if (number.value) add_number(*number.value);
  return number.known;
}

bool SnapshotFacts::add_memory_numbers(Key key) {
  const tcptable::SocketMemory* memory = snapshot_.memory(*row_);
  if (memory == nullptr) return is_half_a_socket();
  if (key == Key::drops) {
    if (memory->drops) add_number(*memory->drops);
    return memory->drops.has_value();
  }
  add_number(key == Key::receive_buffer ? memory->receive_buffer : memory->send_buffer);
  return true;
}

bool SnapshotFacts::add_tcp_texts(Key key) {
  const tcptable::TcpInfo* info = snapshot_.tcp_info(*row_);
  if (info == nullptr) return row_->protocol == tcptable::Protocol::udp || is_half_a_socket();
  add_text(key == Key::ulp ? info->upper_layer : info->congestion_control);
  return true;
}

const tcptable::ProcessDescription* SnapshotFacts::description(const tcptable::Process& process) {
  const auto [at, is_new] = descriptions_.try_emplace(&process);
  if (is_new) {
    auto found = tcptable::describe_process(process.pid);
    if (found && found->process.start_time == process.start_time) at->second = std::move(*found);
  }
  return at->second ? &*at->second : nullptr;
}

// With a space for the NUL between two arguments.
const std::string* SnapshotFacts::command_line(const tcptable::Process& process) {
  const auto [at, is_new] = command_lines_.try_emplace(&process);
  if (is_new) {
    auto arguments = tcptable::command_line_of(process);
    if (arguments) at->second = std::move(*arguments);
  }
  if (is_new && at->second) {
    while (at->second->ends_with('\0')) at->second->pop_back();
    std::replace(at->second->begin(), at->second->end(), '\0', ' ');
  }
  return at->second ? &*at->second : nullptr;
}

}  // namespace tool::filter
