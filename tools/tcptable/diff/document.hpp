// SPDX-License-Identifier: MIT
// Reads back what --json has written (docs/schema.md).
#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tool::diff {

struct RecordedEnd {
  std::string address;
  std::uint32_t port = 0;
  std::uint32_t scope_id = 0;

  friend bool operator==(const RecordedEnd&, const RecordedEnd&) = default;
};

struct RecordedSocket {
  std::string protocol, state;
  RecordedEnd local, remote;  ///< A remote of null is empty.
  std::string cookie;         ///< Empty where the document has none.
  std::uint64_t pid = 0;      ///< Of the owner; 0 without one.
  std::uint64_t start_time = 0;
  std::string process;
};

/// The document's sockets, or one line about what is wrong with it. Fields that are not known here are
/// skipped; a field that is missing, or has another type than the schema says, is an error.
tl::expected<std::vector<RecordedSocket>, std::string> parse_document(std::string_view text);

}  // namespace tool::diff
