// SPDX-License-Identifier: MIT
// The document is parsed by RapidJSON; here its shape is checked.
#include "tcptable/diff/document.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <exception>

namespace tool::diff {
namespace {

using Value = rapidjson::Value;

// What parse_document turns into its error.
struct WrongShape : std::exception {
  explicit WrongShape(std::string text) : what_is_wrong(std::move(text)) {}
  std::string what_is_wrong;
};

const Value& member(const Value& object, const char* name) {
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd()) throw WrongShape(fmt::format("a field is missing: {}", name));
  return found->value;
}

[[noreturn]] void wrong_type(const char* name) {
  throw WrongShape(fmt::format("a field has the wrong type: {}", name));
}

std::string text_of(const Value& object, const char* name) {
  const Value& value = member(object, name);
  if (!value.IsString()) wrong_type(name);
  return {value.GetString(), value.GetStringLength()};
}

std::uint64_t number_of(const Value& object, const char* name) {
  const Value& value = member(object, name);
  if (!value.IsUint64()) wrong_type(name);
  return value.GetUint64();
}

// nullptr for null.
const Value* object_of(const Value& object, const char* name) {
  const Value& value = member(object, name);
  if (value.IsNull()) return nullptr;
  if (!value.IsObject()) wrong_type(name);
  return &value;
}

RecordedEnd end_of(const Value* object) {
  if (object == nullptr) return {};
  return {text_of(*object, "address"), static_cast<std::uint32_t>(number_of(*object, "port")),
          static_cast<std::uint32_t>(number_of(*object, "scope_id"))};
}

RecordedSocket socket_of(const Value& value) {
  if (!value.IsObject()) wrong_type("sockets[]");
  RecordedSocket socket;
  socket.protocol = text_of(value, "protocol");
  socket.state = text_of(value, "state");
  socket.local = end_of(object_of(value, "local"));
  socket.remote = end_of(object_of(value, "remote"));
  if (!member(value, "cookie").IsNull()) socket.cookie = text_of(value, "cookie");
  if (const Value* owner = object_of(value, "owner")) {
    socket.pid = number_of(*owner, "pid");
    socket.start_time = number_of(*owner, "start_time");
    socket.process = text_of(*owner, "name");
  }
  return socket;
}

}  // namespace

tl::expected<std::vector<RecordedSocket>, std::string> parse_document(std::string_view text) try {
  rapidjson::Document document;
  // Iterative: a document nested without end must not take the stack.
  document.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
  if (document.HasParseError()) {
    return tl::unexpected(fmt::format("no JSON at byte {}: {}", document.GetErrorOffset(),
                                      rapidjson::GetParseError_En(document.GetParseError())));
  }
  if (!document.IsObject()) wrong_type("the document");
  if (number_of(document, "schema") != 1) throw WrongShape("of another schema than 1");
  const Value& list = member(document, "sockets");
  if (!list.IsArray()) wrong_type("sockets");
  std::vector<RecordedSocket> sockets;
  sockets.reserve(list.Size());
  for (const Value& socket : list.GetArray()) sockets.push_back(socket_of(socket));
  return sockets;
} catch (const WrongShape& wrong) {
  return tl::unexpected(wrong.what_is_wrong);
}

}  // namespace tool::diff
