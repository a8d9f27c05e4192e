// SPDX-License-Identifier: MIT
#include "tcptable/who/json.hpp"

#include <chrono>

#include "tcptable/filter/snapshot_facts.hpp"
#include "tcptable/output/json_text.hpp"

namespace tool::who {
namespace {

using tcptable::Process;
using tcptable::SocketRow;

void write_identity(const Process& process, JsonWriter& writer) {
  writer.Key("pid");
  writer.Int(process.pid);
  writer.Key("start_time");
  writer.Uint64(process.start_time);
  writer.Key("name");
  write_text(writer, process.name);
}

void write_member(std::string_view key, std::string_view text, JsonWriter& writer) {
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  if (text.empty()) {
    writer.Null();
  } else {
    write_text(writer, text);
  }
}

void write_arguments(std::string_view arguments, JsonWriter& writer) {
  writer.Key("arguments");
  writer.StartArray();
  while (!arguments.empty()) {
    const std::size_t length = arguments.find('\0');
    write_text(writer, arguments.substr(0, length));
    arguments.remove_prefix(length == arguments.npos ? arguments.size() : length + 1);
  }
  writer.EndArray();
}

void write_holder(const Holder& holder, JsonWriter& writer) {
  const auto& description = holder.description;
  const tcptable::CgroupNames names = description ? description->names : tcptable::CgroupNames();
  const auto start =
      std::chrono::duration_cast<std::chrono::seconds>(started_at(holder.process).time_since_epoch());
  writer.StartObject();
  write_identity(holder.process, writer);
  writer.Key("started");
  writer.Int64(start.count());
  write_member("exe", description && description->executable ? description->executable->path : "", writer);
  write_arguments(holder.arguments, writer);
  write_member("unit", names.user_unit.empty() ? names.unit : names.user_unit, writer);
  write_member("container", names.container, writer);
  write_member("pod", names.pod_uid, writer);
  write_member("forwards_to", holder.forwards_to.value_or(""), writer);
  writer.Key("served_by");
  if (holder.served_by) {
    writer.StartObject();
    write_identity(*holder.served_by, writer);
    writer.EndObject();
  } else {
    writer.Null();
  }
  writer.Key("parents");
  writer.StartArray();
  for (const Process& parent : holder.parents) {
    writer.StartObject();
    write_identity(parent, writer);
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
}

void write_end(std::string_view key, const tcptable::Endpoint& end, JsonWriter& writer) {
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  writer.StartObject();
  writer.Key("address");
  write_word(writer, address_text(end));
  writer.Key("port");
  writer.Uint(end.port);
  writer.EndObject();
}

void write_server(const tcptable::Snapshot& snapshot, const SocketRow& row, ProcessReader& processes,
                  JsonWriter& writer) {
  writer.StartObject();
  writer.Key("protocol");
  write_word(writer, to_string(row.protocol));
  writer.Key("state");
  write_word(writer, to_string(row.state));
  write_end("local", row.local, writer);
  writer.Key("waiting");
  writer.Uint(row.receive_queue);
  writer.Key("backlog");
  if (filter::knows_backlogs(snapshot)) {
    writer.Uint(row.send_queue);
  } else {
    writer.Null();
  }
  writer.Key("owner_status");
  write_word(writer, to_string(row.owner_status));
  writer.Key("holders");
  writer.StartArray();
  for (const std::uint32_t index : snapshot.holders(row))
    write_holder(processes.describe(snapshot.process(index)), writer);
  writer.EndArray();
  writer.EndObject();
}

void write_shares(std::string_view key, const tcptable::Snapshot& snapshot,
                  const std::vector<const SocketRow*>& rows, JsonWriter& writer) {
  writer.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  writer.StartArray();
  for (const Share& share : shares_of(snapshot, rows)) {
    writer.StartObject();
    writer.Key("sockets");
    writer.Uint(share.sockets);
    writer.Key("process");
    if (share.process != nullptr) {
      writer.StartObject();
      write_identity(*share.process, writer);
      writer.EndObject();
    } else {
      writer.Null();
    }
    writer.EndObject();
  }
  writer.EndArray();
}

}  // namespace

void print_json(const tcptable::Snapshot& snapshot, const Answer& answer, ChunkedOutput& out) {
  JsonSink sink{out};
  JsonWriter writer(sink);
  writer.StartObject();
  writer.Key("schema");
  writer.Int(1);
  writer.Key("servers");
  writer.StartArray();
  ProcessReader processes;
  for (const SocketRow* row : answer.servers) write_server(snapshot, *row, processes, writer);
  writer.EndArray();
  write_shares("connections", snapshot, answer.accepted, writer);
  write_shares("connections_to_it", snapshot, answer.outgoing, writer);
  writer.EndObject();
  out.append("\n");
}

}  // namespace tool::who
