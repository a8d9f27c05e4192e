// SPDX-License-Identifier: MIT
// From facts to values, and from values to texts.
#include "tcptable/columns/row_reader.hpp"

#include <algorithm>
#include <chrono>

#include "tcptable/output/quantity.hpp"

namespace tool {
namespace {

using filter::Key;
using tcptable::Endpoint;
using tcptable::SocketRow;

const Endpoint& end_of(const Column& column, const SocketRow& row) {
  return column.key == Key::local || column.key == Key::local_port ? row.local : row.remote;
}

bool is_there(const Endpoint& endpoint) {
  return endpoint.port != 0 || !is_unspecified(endpoint);
}

std::string_view choice_word(Key key, const SocketRow& row) {
  switch (key) {
    case Key::protocol:
      return to_string(row.protocol);
    case Key::family:
      return row.local.family == tcptable::Family::ipv4 ? "ipv4" : "ipv6";
    default:
      return to_string(row.owner_status);
  }
}

std::chrono::system_clock::time_point time_of(std::uint64_t seconds) {
  return std::chrono::system_clock::time_point(std::chrono::seconds(seconds));
}

Value some(std::string text) {
  return text.empty() ? Value() : Value(std::move(text));
}

// A user's unit and slice stand behind those of the system's manager, and say more.
std::string_view telling(Key key, std::span<const std::string_view> texts) {
  return key == Key::unit || key == Key::slice ? texts.back() : texts.front();
}

}  // namespace

std::string RowReader::first_text(Key key) {
  const auto texts = facts_.texts(key).values;
  return texts.empty() ? std::string() : std::string(telling(key, texts));
}

// As a shell would be given them, but for the quotes.
std::string RowReader::arguments() {
  std::string text = first_text(Key::cmdline);
  if (text.ends_with('\0')) text.pop_back();
  std::replace(text.begin(), text.end(), '\0', ' ');
  return text;
}

std::string RowReader::workload() {
  constexpr std::size_t kIdDigits = 64, kShortId = 12;  // as container engines shorten an id
  std::string container = first_text(Key::container);
  if (container.size() == kIdDigits) container.resize(kShortId);
  return container.empty() ? first_text(Key::unit) : container;
}

Value RowReader::value(const Column& column) {
  const tcptable::Process* owner = snapshot_.owner(row());
  const Endpoint& end = end_of(column, row());
  switch (column.form) {
    case Form::state:
      return std::string(to_string(row().state));
    case Form::choice:
      return std::string(choice_word(column.key, row()));
    case Form::address:
      return is_there(end) ? Value(address_text(end)) : Value();
    case Form::port:
      return end.port != 0 ? Value(std::uint64_t{end.port}) : Value();
    case Form::process:
      return owner != nullptr ? Value(owner->name) : Value();
    case Form::pid:
      return owner != nullptr ? Value(static_cast<std::uint64_t>(owner->pid)) : Value();
    case Form::user:
      return row().uid ? Value(names_.user(row().uid).text()) : Value();
    case Form::workload:
      return some(workload());
    case Form::text:
      return some(first_text(column.key));
    case Form::arguments:
      return some(arguments());
    case Form::interface:
      return row().interface != 0 ? Value(std::string(names_.interface(row().interface).text())) : Value();
    default:
      break;
  }
  const auto numbers = facts_.numbers(column.key).values;
  return numbers.empty() ? Value() : Value(numbers.front());
}

const Names::Owner& RowReader::owner() {
  if (owner_ == nullptr) owner_ = &names_.owner(snapshot_.owner(row()));
  return *owner_;
}

const DisplayText& RowReader::workload_text() {
  const auto [at, is_new] = workloads_.try_emplace(snapshot_.cgroup(row()));
  if (is_new) at->second = escape(text_of(Form::workload, some(workload())));
  return at->second;
}

const DisplayText& RowReader::text(const Column& column) {
  // These are in every table, and remembered.
  if (column.form == Form::pid) return owner().pid;
  if (column.form == Form::process) return owner().name;
  if (column.form == Form::user) return names_.user(row().uid);
  if (column.form == Form::workload) return workload_text();
  text_ = made_text(column);
  return text_;
}

std::size_t RowReader::width(const Column& column) {
  const Endpoint& end = end_of(column, row());
  if (column.form == Form::address && is_there(end)) return names_.host_width(end);
  if (column.form == Form::port) return names_.port_width(end.port, row().protocol);
  return text(column).width();
}

DisplayText RowReader::made_text(const Column& column) {
  const Endpoint& end = end_of(column, row());
  const bool is_local = &end == &row().local;
  switch (column.form) {
    case Form::state:
      return escape(state_word(row()));
    case Form::address:
      return is_local || is_there(end) ? names_.host(end) : escape("*");
    case Form::port:
      return names_.port(end.port, row().protocol);
    case Form::interface:
      return names_.interface(row().interface);
    default:
      return escape(text_of(column.form, value(column)));
  }
}

std::string text_of(Form form, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  const auto* number = std::get_if<std::uint64_t>(&value);
  if (number == nullptr) return "-";
  switch (form) {
    case Form::size:
      return size_text(*number);
    case Form::rate:
      return rate_text(*number);
    case Form::duration:
      return duration_text(std::chrono::microseconds(*number));
    case Form::start:
      return time_text(time_of(*number));
    default:
      return std::to_string(*number);
  }
}

}  // namespace tool
