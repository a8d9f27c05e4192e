// SPDX-License-Identifier: MIT
// Groups in a map by their values' texts, then in each of the formats.
#include "tcptable/list/group_output.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "tcptable/list/csv_output.hpp"
#include "tcptable/list/json_output.hpp"
#include "tcptable/output/grid.hpp"

namespace tool {
namespace {

struct Group {
  std::vector<Value> values;
  std::uint64_t sockets = 0;
  std::vector<Value> sums;  // monostate: no socket has a value
};

using Groups = std::vector<Group>;

Columns summed_columns(const Options& options) {
  Columns columns;
  for (const Column* column : options.columns) {
    if (column->can_be_summed) columns.push_back(column);
  }
  return columns;
}

std::vector<Value> values_of(const Columns& columns, RowReader& reader) {
  std::vector<Value> values;
  for (const Column* column : columns) values.push_back(reader.value(*column));
  return values;
}

void add(const std::vector<Value>& values, std::vector<Value>& sums) {
  sums.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto* value = std::get_if<std::uint64_t>(&values[i]);
    const auto* sum = std::get_if<std::uint64_t>(&sums[i]);
    if (value != nullptr) sums[i] = *value + (sum != nullptr ? *sum : 0);
  }
}

Groups grouped(Rows rows, const Options& options, RowReader& reader) {
  const Columns summed = summed_columns(options);
  std::map<std::vector<Value>, Group> by_values;
  for (const tcptable::SocketRow* row : rows) {
    reader.look_at(*row);
    const auto [at, is_new] = by_values.try_emplace(values_of(options.group_by, reader));
    Group& group = at->second;
    if (is_new) group.values = at->first;
    ++group.sockets;
    add(values_of(summed, reader), group.sums);
  }
  Groups groups;
  for (auto& [values, group] : by_values) groups.push_back(std::move(group));
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.sockets > b.sockets; });
  return groups;
}

constexpr Column kSockets{"sockets", "SOCKETS", filter::Key::any, Form::count, "how many"};

Columns shown_columns(const Options& options) {
  Columns columns = options.group_by;
  columns.push_back(&kSockets);
  for (const Column* column : summed_columns(options)) columns.push_back(column);
  return columns;
}

std::vector<Value> shown_values(const Group& group) {
  std::vector<Value> values = group.values;
  values.emplace_back(group.sockets);
  values.insert(values.end(), group.sums.begin(), group.sums.end());
  return values;
}

template <typename Cells>
void lines_to(Cells& cells, const Groups& groups, const Columns& columns, bool header) {
  for (const Column* column : columns) {
    if (header) cells.add(escape(column->heading));
  }
  for (const Group& group : groups) {
    const std::vector<Value> values = shown_values(group);
    for (std::size_t i = 0; i < values.size(); ++i) cells.add(escape(text_of(columns[i]->form, values[i])));
  }
}

void print_table(const Groups& groups, const Columns& columns, bool header, ChunkedOutput& out) {
  ColumnWidths widths(columns.size());
  lines_to(widths, groups, columns, header);
  GridPrinter printer(widths, out);
  lines_to(printer, groups, columns, header);
}

void print_csv(const Groups& groups, const Columns& columns, bool header, ChunkedOutput& out) {
  std::vector<std::string_view> names;
  for (const Column* column : columns) names.push_back(column->name);
  if (header) print_csv_heading(names, out);
  for (const Group& group : groups) print_csv_line(shown_values(group), out);
}

void write_group(const Group& group, const Columns& columns, JsonWriter& writer) {
  const std::vector<Value> values = shown_values(group);
  writer.StartObject();
  for (std::size_t i = 0; i < values.size(); ++i) {
    writer.Key(columns[i]->name.data(), static_cast<rapidjson::SizeType>(columns[i]->name.size()));
    write_value(*columns[i], values[i], writer);
  }
  writer.EndObject();
}

void print_json(const tcptable::Snapshot& snapshot, const Groups& groups, const Columns& columns,
                ChunkedOutput& out) {
  JsonSink sink{out};
  JsonWriter writer(sink);
  writer.StartObject();
  write_source(snapshot, writer);
  writer.Key("groups");
  writer.StartArray();
  for (const Group& group : groups) write_group(group, columns, writer);
  writer.EndArray();
  writer.EndObject();
  out.append("\n");
}

void print_ndjson(const Groups& groups, const Columns& columns, ChunkedOutput& out) {
  JsonSink sink{out};
  for (const Group& group : groups) {
    JsonWriter writer(sink);
    write_group(group, columns, writer);
    out.append("\n");
  }
}

}  // namespace

void print_groups(const tcptable::Snapshot& snapshot, Rows rows, const Options& options, RowReader& reader,
                  ChunkedOutput& out) {
  const Groups groups = grouped(rows, options, reader);
  const Columns columns = shown_columns(options);
  switch (options.format) {
    case Format::table:
      return print_table(groups, columns, options.header, out);
    case Format::csv:
      return print_csv(groups, columns, options.header, out);
    case Format::json:
      return print_json(snapshot, groups, columns, out);
    case Format::ndjson:
      return print_ndjson(groups, columns, out);
  }
}

}  // namespace tool
