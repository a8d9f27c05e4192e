// SPDX-License-Identifier: MIT
#include "tcptable/json_output.hpp"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string_view>

#include "tcptable/display.hpp"

namespace tool {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write_string(Writer& writer, std::string_view text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

struct Utf8 {
  std::string text;
  bool lossy = false;
};

// U+FFFD stands for each byte that is no UTF-8.
Utf8 to_utf8(std::string_view bytes) {
  Utf8 result;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t start = at;
    if (next_code_point(bytes, at)) {
      result.text += bytes.substr(start, at - start);
    } else {
      result.text += "\xef\xbf\xbd";
      result.lossy = true;
    }
  }
  return result;
}

void write_process(Writer& writer, const tcptable::Process& process) {
  writer.StartObject();
  writer.Key("pid");
  writer.Int(process.pid);
  writer.Key("start_time");
  writer.Uint64(process.start_time);
  const Utf8 name = to_utf8(process.name);
  writer.Key("name");
  write_string(writer, name.text);
  if (name.lossy) {
    std::string hex;
    for (const char byte : process.name) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    writer.Key("name_bytes");
    write_string(writer, hex);
  }
  writer.EndObject();
}

void write_endpoint(Writer& writer, const tcptable::Endpoint& endpoint) {
  tcptable::Endpoint unscoped = endpoint;
  unscoped.scope_id = 0;
  writer.StartObject();
  writer.Key("address");
  write_string(writer, address_text(unscoped));
  writer.Key("port");
  writer.Uint(endpoint.port);
  writer.Key("scope_id");
  writer.Uint(endpoint.scope_id);
  writer.EndObject();
}

void write_owner(Writer& writer, const tcptable::Snapshot& snapshot, const tcptable::SocketRow& row) {
  writer.Key("owner");
  if (const tcptable::Process* owner = snapshot.owner(row)) {
    write_process(writer, *owner);
  } else {
    writer.Null();
  }
  writer.Key("owner_status");
  write_string(writer, to_string(row.owner_status));
  writer.Key("holders");
  writer.StartArray();
  for (const std::uint32_t index : snapshot.holders(row)) write_process(writer, snapshot.process(index));
  writer.EndArray();
}

void write_row(Writer& writer, const tcptable::Snapshot& snapshot, const tcptable::SocketRow& row) {
  writer.StartObject();
  writer.Key("protocol");
  write_string(writer, to_string(row.protocol));
  writer.Key("family");
  write_string(writer, row.local.family == tcptable::Family::ipv4 ? "ipv4" : "ipv6");
  writer.Key("state");
  write_string(writer, to_string(row.state));
  writer.Key("local");
  write_endpoint(writer, row.local);
  writer.Key("remote");
  write_endpoint(writer, row.remote);
  writer.Key("cookie");
  writer.Uint64(row.cookie);
  writer.Key("inode");
  writer.Uint(row.inode);
  writer.Key("uid");
  if (row.uid) {
    writer.Uint(*row.uid);
  } else {
    writer.Null();
  }
  writer.Key("interface");
  writer.Uint(row.interface);
  writer.Key("receive_queue");
  writer.Uint(row.receive_queue);
  writer.Key("send_queue");
  writer.Uint(row.send_queue);
  write_owner(writer, snapshot, row);
  writer.EndObject();
}

}  // namespace

std::string json_text(const tcptable::Snapshot& snapshot, std::span<const tcptable::SocketRow* const> rows) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  writer.Key("schema");
  writer.Int(1);
  writer.Key("backend");
  write_string(writer, snapshot.backend_name());
  writer.Key("complete");
  writer.StartObject();
  writer.Key("rows");
  writer.Bool(snapshot.completeness().rows);
  writer.Key("owners");
  writer.Bool(snapshot.completeness().owners);
  writer.Key("unreadable_processes");
  writer.Uint(snapshot.completeness().unreadable_processes);
  writer.EndObject();
  writer.Key("sockets");
  writer.StartArray();
  for (const tcptable::SocketRow* row : rows) write_row(writer, snapshot, *row);
  writer.EndArray();
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace tool
