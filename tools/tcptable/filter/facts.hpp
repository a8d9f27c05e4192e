// SPDX-License-Identifier: MIT
// What can be asked of one socket, whoever knows it: a snapshot, an event, a file.
#pragma once

#include <tcptable/socket_row.hpp>

#include <cstdint>
#include <span>
#include <string_view>

#include "tcptable/filter/key.hpp"

namespace tool::filter {

/// The values of one fact. A socket may have several, such as a process for each holder, or none, such as the
/// process of a connection in TIME_WAIT.
template <typename T>
struct Values {
  std::span<const T> values;
  /// Nothing but these. False where some may be missing, or nothing is known at all.
  bool complete = true;
};

/// Facts are looked up when they are asked for, since some are dear. What is returned stays until the next
/// call.
class Facts {
 public:
  virtual ~Facts() = default;

  virtual const tcptable::SocketRow& row() const = 0;
  /// For keys of every ValueKind that is compared as a number, but for ports: those come from row().
  virtual Values<std::uint64_t> numbers(Key key) = 0;
  /// For keys of ValueKind::text.
  virtual Values<std::string_view> texts(Key key) = 0;
};

}  // namespace tool::filter
