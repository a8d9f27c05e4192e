// SPDX-License-Identifier: MIT
// Counters and one snapshot, as text or JSON.
#include "tcptable/stats/stats.hpp"

#include <fmt/format.h>
#include <tcptable/tcptable.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "tcptable/columns/row_reader.hpp"
#include "tcptable/output/grid.hpp"
#include "tcptable/output/json_text.hpp"
#include "tcptable/output/progress.hpp"
#include "tcptable/stats/counters.hpp"

namespace tool {
namespace {

using stats::Counter;
using tcptable::State;

using StateCounts = std::array<std::uint64_t, 16>;  // by the state's number
using Workloads = std::vector<std::pair<std::string, StateCounts>>;

std::uint64_t sum(const StateCounts& counts) {
  std::uint64_t total = 0;
  for (const std::uint64_t count : counts) total += count;
  return total;
}

// TCP's alone; the one with most sockets first.
Workloads count_states(const tcptable::Snapshot& snapshot) {
  Names names(false);
  RowReader reader(snapshot, names);
  const Column& workload = *find_column("workload");
  std::map<std::string, StateCounts> by_workload;
  for (const tcptable::SocketRow& row : snapshot.rows()) {
    reader.look_at(row);
    ++by_workload[reader.text(workload).text()][static_cast<std::size_t>(row.state)];
  }
  Workloads workloads(by_workload.begin(), by_workload.end());
  std::stable_sort(workloads.begin(), workloads.end(),
                   [](const auto& a, const auto& b) { return sum(a.second) > sum(b.second); });
  return workloads;
}

// Those that occur, in the kernel's order.
std::vector<State> states_of(const Workloads& workloads) {
  std::vector<State> states;
  for (std::size_t state = 0; state < StateCounts().size(); ++state) {
    const bool occurs = std::any_of(workloads.begin(), workloads.end(),
                                    [&](const auto& workload) { return workload.second[state] != 0; });
    if (occurs) states.push_back(static_cast<State>(state));
  }
  return states;
}

template <typename Cells>
void workload_lines_to(Cells& cells, const Workloads& workloads, const std::vector<State>& states) {
  cells.add(escape("WORKLOAD"));
  cells.add(escape("SOCKETS"));
  for (const State state : states) cells.add(escape(to_string(state)));
  for (const auto& [name, counts] : workloads) {
    cells.add(escape(name));
    cells.add(escape(std::to_string(sum(counts))));
    for (const State state : states)
      cells.add(escape(std::to_string(counts[static_cast<std::size_t>(state)])));
  }
}

void print_text(const std::vector<Counter>& counters, const Workloads& workloads, ChunkedOutput& out) {
  std::string_view protocol;
  for (const Counter& counter : counters) {
    out.append(fmt::format("{:5} {:24} {:>14}\n", counter.protocol == protocol ? "" : counter.protocol,
                           counter.name, counter.value));
    protocol = counter.protocol;
  }
  out.append("\n");
  const std::vector<State> states = states_of(workloads);
  ColumnWidths widths(states.size() + 2);
  workload_lines_to(widths, workloads, states);
  GridPrinter printer(widths, out);
  workload_lines_to(printer, workloads, states);
}

void write_key(std::string_view key, JsonWriter& writer) {
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}

void write_counters(const std::vector<Counter>& counters, JsonWriter& writer) {
  writer.StartObject();
  for (std::size_t i = 0; i < counters.size(); ++i) {
    const bool begins = i == 0 || counters[i].protocol != counters[i - 1].protocol;
    if (begins && i != 0) writer.EndObject();
    if (begins) {
      write_key(counters[i].protocol, writer);
      writer.StartObject();
    }
    write_key(counters[i].name, writer);
    writer.Uint64(counters[i].value);
  }
  if (!counters.empty()) writer.EndObject();
  writer.EndObject();
}

void print_json(const std::vector<Counter>& counters, const Workloads& workloads, ChunkedOutput& out) {
  JsonSink sink{out};
  JsonWriter writer(sink);
  writer.StartObject();
  writer.Key("schema");
  writer.Int(1);
  writer.Key("counters");
  write_counters(counters, writer);
  writer.Key("workloads");
  writer.StartArray();
  for (const auto& [name, counts] : workloads) {
    writer.StartObject();
    writer.Key("workload");
    if (name == "-") {
      writer.Null();
    } else {
      write_text(writer, name);
    }
    for (const State state : states_of(workloads)) {
      write_key(to_string(state), writer);
      writer.Uint64(counts[static_cast<std::size_t>(state)]);
    }
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  out.append("\n");
}

}  // namespace

ExitStatus run_stats(const Arguments& arguments) {
  if (!arguments.operands.empty())
    return fail(usage_error("not expected: " + arguments.operands.front(), Command::stats).text,
                ExitStatus::usage);
  const auto counters = stats::all_counters();
  if (!counters) return fail(counters.error());
  tcptable::Query query;
  ask_for(*find_column("workload"), query);
  const auto snapshot = snapshot_with_progress(query);
  if (!snapshot) return fail(snapshot.error());
  const Workloads workloads = count_states(*snapshot);
  ChunkedOutput out = standard_output();
  if (arguments.has(Option::json)) {
    print_json(*counters, workloads, out);
  } else {
    print_text(*counters, workloads, out);
  }
  return after_writing(out.finish(), ExitStatus::found);
}

}  // namespace tool
