// SPDX-License-Identifier: MIT
// The document of docs/schema.md. Everything in it is of our own making but processes' names.
#include "tcptable/list/json_output.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>
#include <unordered_map>

#include "tcptable/list/summary.hpp"
#include "tcptable/output/json_text.hpp"

namespace tool {
namespace {

std::string hexadecimal(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes)
    fmt::format_to(std::back_inserter(hex), "{:02x}", static_cast<unsigned char>(byte));
  return hex;
}

std::string process_text(const tcptable::Process& process) {
  const Quoted name = quote(process.name);
  std::string text =
      fmt::format(R"({{"pid":{},"start_time":{},"name":{})", process.pid, process.start_time, name.text);
  if (name.lossy) text += fmt::format(R"(,"name_bytes":"{}")", hexadecimal(process.name));
  return text + "}";
}

class SocketWriter {
 public:
  /// `columns`: what each socket shows beside its usual fields.
  SocketWriter(const tcptable::Snapshot& snapshot, const Columns& columns, RowReader& reader)
      : snapshot_(snapshot), columns_(columns), reader_(reader) {}

  void write(const tcptable::SocketRow& row, JsonWriter& writer) {
    writer.StartObject();
    writer.Key("protocol");
    write_word(writer, to_string(row.protocol));
    writer.Key("family");
    write_word(writer, row.local.family == tcptable::Family::ipv4 ? "ipv4" : "ipv6");
    writer.Key("state");
    write_word(writer, to_string(row.state));
    writer.Key("local");
    add_endpoint(row.local, writer);
    writer.Key("remote");
    add_remote(row.remote, writer);
    add_identity(row, writer);
    writer.Key("interface");
    writer.Uint(row.interface);
    writer.Key("receive_queue");
    writer.Uint(row.receive_queue);
    writer.Key("send_queue");
    writer.Uint(row.send_queue);
    add_owner(row, writer);
    if (!columns_.empty()) add_columns(row, writer);
    writer.EndObject();
  }

 private:
  static void add_remote(const tcptable::Endpoint& remote, JsonWriter& writer) {
    if (remote.port == 0 && is_unspecified(remote)) {
      writer.Null();
    } else {
      add_endpoint(remote, writer);
    }
  }

  static void add_endpoint(const tcptable::Endpoint& endpoint, JsonWriter& writer) {
    tcptable::Endpoint unscoped = endpoint;
    unscoped.scope_id = 0;
    writer.StartObject();
    writer.Key("address");
    write_word(writer, address_text(unscoped));
    writer.Key("port");
    writer.Uint(endpoint.port);
    writer.Key("scope_id");
    writer.Uint(endpoint.scope_id);
    writer.EndObject();
  }

  static void add_identity(const tcptable::SocketRow& row, JsonWriter& writer) {
    writer.Key("cookie");
    if (row.cookie != 0) {
      // A string, as programs that hold numbers as doubles would lose its last digits above 2^53.
      write_word(writer, fmt::format_int(row.cookie).c_str());
    } else {
      writer.Null();
    }
    writer.Key("inode");
    writer.Uint(row.inode);
    writer.Key("uid");
    if (row.uid) {
      writer.Uint(*row.uid);
    } else {
      writer.Null();
    }
  }

  void add_owner(const tcptable::SocketRow& row, JsonWriter& writer) {
    const std::span<const std::uint32_t> holders = snapshot_.holders(row);
    writer.Key("owner");
    if (holders.empty()) {
      writer.Null();
    } else {
      add_process(holders.front(), writer);
    }
    writer.Key("owner_status");
    write_word(writer, to_string(row.owner_status));
    writer.Key("holders");
    writer.StartArray();
    for (const std::uint32_t index : holders) add_process(index, writer);
    writer.EndArray();
  }

  void add_process(std::uint32_t index, JsonWriter& writer) {
    const auto [at, is_new] = processes_.try_emplace(index);
    if (is_new) at->second = process_text(snapshot_.process(index));
    writer.RawValue(at->second.data(), at->second.size(), rapidjson::kObjectType);
  }

  void add_columns(const tcptable::SocketRow& row, JsonWriter& writer) {
    reader_.look_at(row);
    writer.Key("columns");
    writer.StartObject();
    for (const Column* column : columns_) {
      writer.Key(column->name.data(), static_cast<rapidjson::SizeType>(column->name.size()));
      write_value(*column, reader_.value(*column), writer);
    }
    writer.EndObject();
  }

  const tcptable::Snapshot& snapshot_;
  Columns columns_;
  RowReader& reader_;
  std::unordered_map<std::uint32_t, std::string> processes_;
};

Columns extra_columns(const Options& options) {
  return options.columns_chosen ? options.columns : Columns();
}

}  // namespace

void write_source(const tcptable::Snapshot& snapshot, JsonWriter& writer) {
  const tcptable::Completeness& completeness = snapshot.completeness();
  writer.Key("schema");
  writer.Int(1);
  writer.Key("backend");
  write_word(writer, snapshot.backend_name());
  writer.Key("complete");
  writer.StartObject();
  writer.Key("rows");
  writer.Bool(has_all_rows(completeness));
  writer.Key("owners");
  writer.Bool(completeness.owners);
  writer.Key("unreadable_processes");
  writer.Uint(completeness.unreadable_processes);
  writer.EndObject();
}

void write_socket(const tcptable::Snapshot& snapshot, const tcptable::SocketRow& row, JsonWriter& writer) {
  Names names(false);
  RowReader reader(snapshot, names);
  SocketWriter(snapshot, {}, reader).write(row, writer);
}

void write_value(const Column& column, const Value& value, JsonWriter& writer) {
  const auto* number = std::get_if<std::uint64_t>(&value);
  if (const auto* text = std::get_if<std::string>(&value)) {
    write_text(writer, *text);
  } else if (number == nullptr) {
    writer.Null();
  } else if (column.key == filter::Key::cookie) {
    write_word(writer, fmt::format_int(*number).c_str());
  } else {
    writer.Uint64(*number);
  }
}

void print_json(const tcptable::Snapshot& snapshot, Rows rows, const Options& options, RowReader& reader,
                ChunkedOutput& out) {
  JsonSink sink{out};
  JsonWriter writer(sink);
  SocketWriter sockets(snapshot, extra_columns(options), reader);
  writer.StartObject();
  write_source(snapshot, writer);
  writer.Key("sockets");
  writer.StartArray();
  for (const tcptable::SocketRow* row : rows) {
    sockets.write(*row, writer);
    out.append("");  // sends a full chunk
  }
  writer.EndArray();
  writer.EndObject();
  out.append("\n");
}

void print_ndjson(const tcptable::Snapshot& snapshot, Rows rows, const Options& options, RowReader& reader,
                  ChunkedOutput& out) {
  JsonSink sink{out};
  SocketWriter sockets(snapshot, extra_columns(options), reader);
  for (const tcptable::SocketRow* row : rows) {
    JsonWriter writer(sink);
    sockets.write(*row, writer);
    out.append("\n");
  }
}

}  // namespace tool
