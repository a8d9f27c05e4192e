// SPDX-License-Identifier: MIT
// The columns of a snapshot's rows.
#pragma once

#include <tcptable/snapshot.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "tcptable/columns/column.hpp"
#include "tcptable/filter/snapshot_facts.hpp"
#include "tcptable/output/display.hpp"
#include "tcptable/output/names.hpp"

namespace tool {

/// monostate: not known, or there is none. A number is in its Form's unit. A text may have any byte.
using Value = std::variant<std::monostate, std::uint64_t, std::string>;

/// For one row after another.
class RowReader {
 public:
  /// Both must outlive it.
  RowReader(const tcptable::Snapshot& snapshot, Names& names)
      : snapshot_(snapshot), names_(names), facts_(snapshot) {}

  /// From here on everything is about this row, which must be one of the snapshot's.
  void look_at(const tcptable::SocketRow& row) {
    facts_.look_at(row);
    owner_ = nullptr;
  }

  /// For programs, and to sort and sum by.
  Value value(const Column& column);
  /// For people; "-" where the value is not known. The reference holds until the next call.
  const DisplayText& text(const Column& column);
  /// text()'s width, where that is cheaper without the text.
  std::size_t width(const Column& column);

  filter::Facts& facts() { return facts_; }
  const tcptable::Snapshot& snapshot() const { return snapshot_; }

 private:
  const tcptable::SocketRow& row() const { return facts_.row(); }
  const Names::Owner& owner();
  std::string workload();
  const DisplayText& workload_text();
  std::string first_text(filter::Key key);
  std::string arguments();
  DisplayText made_text(const Column& column);

  const tcptable::Snapshot& snapshot_;
  Names& names_;
  filter::SnapshotFacts facts_;
  DisplayText text_;
  const Names::Owner* owner_ = nullptr;  ///< Of the row that is looked at, once asked for.
  std::unordered_map<const tcptable::SocketCgroup*, DisplayText> workloads_;
};

/// One for each of several threads, for names and readers remember what they were asked. Hosts are numbers.
struct ThreadsReader {
  explicit ThreadsReader(const tcptable::Snapshot& snapshot) : reader(snapshot, names) {}
  ThreadsReader(const ThreadsReader&) = delete;
  ThreadsReader& operator=(const ThreadsReader&) = delete;

  Names names{false};
  RowReader reader;
};

/// A value of the form, for people.
std::string text_of(Form form, const Value& value);

}  // namespace tool
