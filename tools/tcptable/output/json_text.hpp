// SPDX-License-Identifier: MIT
// JSON in printable ASCII, whatever bytes a name has.
#pragma once

#include <rapidjson/writer.h>

#include <string>
#include <string_view>

#include "tcptable/output/chunked_output.hpp"

namespace tool {

/// Where RapidJSON writes to.
struct JsonSink {
  using Ch = char;
  void Put(char c) { out.append(c); }
  void Flush() {}

  ChunkedOutput& out;
};

using JsonWriter = rapidjson::Writer<JsonSink>;

struct Quoted {
  std::string text = "\"";
  bool lossy = false;  ///< Some bytes were no UTF-8; U+FFFD stands for each.
};

/// A JSON string, its quotes included.
Quoted quote(std::string_view bytes);

/// A string of our own making: RapidJSON leaves DEL and all that isn't ASCII as it is.
void write_word(JsonWriter& writer, std::string_view word);

/// Any string.
void write_text(JsonWriter& writer, std::string_view bytes);

}  // namespace tool
