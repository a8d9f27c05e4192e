// SPDX-License-Identifier: MIT
// The document of docs/schema.md. Everything in it is of our own making but processes' names.
#include "tcptable/output/json_output.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>
#include <unordered_map>

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

class Document {
 public:
  Document(const tcptable::Snapshot& snapshot, ChunkedOutput& out) : snapshot_(snapshot), sink_{out} {}

  void print(Rows rows) {
    writer_.StartObject();
    writer_.Key("schema");
    writer_.Int(1);
    add_source();
    writer_.Key("sockets");
    writer_.StartArray();
    for (const tcptable::SocketRow* row : rows) {
      add_row(*row);
      sink_.out.append("");  // sends a full chunk
    }
    writer_.EndArray();
    writer_.EndObject();
    sink_.out.append("\n");
  }

 private:
  void add_source() {
    const tcptable::Completeness& completeness = snapshot_.completeness();
    writer_.Key("backend");
    write_word(writer_, snapshot_.backend_name());
    writer_.Key("complete");
    writer_.StartObject();
    writer_.Key("rows");
    writer_.Bool(completeness.rows);
    writer_.Key("owners");
    writer_.Bool(completeness.owners);
    writer_.Key("unreadable_processes");
    writer_.Uint(completeness.unreadable_processes);
    writer_.EndObject();
  }

  void add_row(const tcptable::SocketRow& row) {
    writer_.StartObject();
    writer_.Key("protocol");
    write_word(writer_, to_string(row.protocol));
    writer_.Key("family");
    write_word(writer_, row.local.family == tcptable::Family::ipv4 ? "ipv4" : "ipv6");
    writer_.Key("state");
    write_word(writer_, to_string(row.state));
    writer_.Key("local");
    add_endpoint(row.local);
    writer_.Key("remote");
    add_remote(row.remote);
    add_identity(row);
    writer_.Key("interface");
    writer_.Uint(row.interface);
    writer_.Key("receive_queue");
    writer_.Uint(row.receive_queue);
    writer_.Key("send_queue");
    writer_.Uint(row.send_queue);
    add_owner(row);
    writer_.EndObject();
  }

  void add_remote(const tcptable::Endpoint& remote) {
    if (remote.port == 0 && is_unspecified(remote)) {
      writer_.Null();
    } else {
      add_endpoint(remote);
    }
  }

  void add_endpoint(const tcptable::Endpoint& endpoint) {
    tcptable::Endpoint unscoped = endpoint;
    unscoped.scope_id = 0;
    writer_.StartObject();
    writer_.Key("address");
    write_word(writer_, address_text(unscoped));
    writer_.Key("port");
    writer_.Uint(endpoint.port);
    writer_.Key("scope_id");
    writer_.Uint(endpoint.scope_id);
    writer_.EndObject();
  }

  void add_identity(const tcptable::SocketRow& row) {
    writer_.Key("cookie");
    if (row.cookie != 0) {
      // A string, as programs that hold numbers as doubles would lose its last digits above 2^53.
      write_word(writer_, fmt::format_int(row.cookie).c_str());
    } else {
      writer_.Null();
    }
    writer_.Key("inode");
    writer_.Uint(row.inode);
    writer_.Key("uid");
    if (row.uid) {
      writer_.Uint(*row.uid);
    } else {
      writer_.Null();
    }
  }

  void add_owner(const tcptable::SocketRow& row) {
    const std::span<const std::uint32_t> holders = snapshot_.holders(row);
    writer_.Key("owner");
    if (holders.empty()) {
      writer_.Null();
    } else {
      add_process(holders.front());
    }
    writer_.Key("owner_status");
    write_word(writer_, to_string(row.owner_status));
    writer_.Key("holders");
    writer_.StartArray();
    for (const std::uint32_t index : holders) add_process(index);
    writer_.EndArray();
  }

  void add_process(std::uint32_t index) {
    const auto [at, is_new] = processes_.try_emplace(index);
    if (is_new) at->second = process_text(snapshot_.process(index));
    writer_.RawValue(at->second.data(), at->second.size(), rapidjson::kObjectType);
  }

  const tcptable::Snapshot& snapshot_;
  JsonSink sink_;
  JsonWriter writer_{sink_};
  std::unordered_map<std::uint32_t, std::string> processes_;
};

}  // namespace

void print_json(const tcptable::Snapshot& snapshot, Rows rows, ChunkedOutput& out) {
  Document(snapshot, out).print(rows);
}

}  // namespace tool
