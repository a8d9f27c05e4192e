// SPDX-License-Identifier: MIT
#include "tcptable/list/csv_output.hpp"

#include <fmt/format.h>

#include "tcptable/output/display.hpp"

namespace tool {
namespace {

std::string field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string field_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return field(escape(*text).text());
  const auto* number = std::get_if<std::uint64_t>(&value);
  return number != nullptr ? fmt::format_int(*number).str() : std::string();
}

}  // namespace

void print_csv_line(const std::vector<Value>& values, ChunkedOutput& out) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i != 0) out.append(',');
    out.append(field_of(values[i]));
  }
  out.append("\r\n");
}

void print_csv_heading(const std::vector<std::string_view>& names, ChunkedOutput& out) {
  std::vector<Value> fields;
  for (const std::string_view name : names) fields.emplace_back(std::string(name));
  print_csv_line(fields, out);
}

void print_csv(Rows rows, const Options& options, RowReader& reader, ChunkedOutput& out) {
  std::vector<std::string_view> names;
  for (const Column* column : options.columns) names.push_back(column->name);
  if (options.header) print_csv_heading(names, out);
  std::vector<Value> values;
  for (const tcptable::SocketRow* row : rows) {
    reader.look_at(*row);
    values.clear();
    for (const Column* column : options.columns) values.push_back(reader.value(*column));
    print_csv_line(values, out);
  }
}

}  // namespace tool
