// SPDX-License-Identifier: MIT
// What a filter can ask of a socket: one table of keys, which the parser, the matcher, the narrowing and
// docs/filter.md go by.
#pragma once

#include <tcptable/query.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tool::filter {

enum class Key : std::uint8_t {
  state,
  protocol,
  family,
  reason,
  port,
  local_port,
  remote_port,
  net,
  local,
  remote,
  process,
  pid,
  exe,
  cmdline,
  user,
  unit,
  slice,
  container,
  pod,
  cgroup,
  netns,
  interface,
  inode,
  cookie,
  receive_queue,
  send_queue,
  backlog,
  drops,
  receive_buffer,
  send_buffer,
  age,
  start,
  rtt,
  minimum_rtt,
  rto,
  cwnd,
  mss,
  bytes_in,
  bytes_out,
  retransmissions,
  unsent,
  delivery_rate,
  pacing,
  busy,
  window_limited,
  buffer_limited,
  congestion_control,
  ulp,
  any,
};

/// What kind of value stands behind the key.
enum class ValueKind : std::uint8_t {
  choice,     ///< One of a few words.
  port,       ///< A number up to 65535, or a service's name.
  endpoint,   ///< An address, a network or a port, or an address with a port.
  text,       ///< A name, with * and ? as wildcards.
  count,      ///< A number.
  size,       ///< Bytes.
  rate,       ///< Bytes per second.
  duration,   ///< Held in microseconds; written with a unit.
  moment,     ///< Seconds since 1970; written as local time.
  user,       ///< A user's name or number.
  interface,  ///< An interface's name or index.
};

/// A wish of the query without which the fact stays unknown.
using Wish = bool tcptable::Query::*;

struct KeyInfo {
  Key key;
  ValueKind kind;
  std::string_view name;     ///< As the filter is printed.
  std::string_view aliases;  ///< Separated by spaces.
  std::array<Wish, 3> needs;
};

/// Adds to the query what the key's fact needs; of a network namespace, that all of them are listed.
void ask_for(Key key, tcptable::Query& query);

/// One for each Key, in its order.
std::span<const KeyInfo> all_keys();
const KeyInfo& info(Key key);

/// By name or alias; upper and lower case are the same, and '_' and '-' don't count: LocalPort, min-rtt.
std::optional<Key> find_key(std::string_view word);

/// One word of a choice: its position is its bit in a ChoiceTest.
struct Choice {
  std::string_view name;
  std::string_view aliases;
};

/// The words behind a key of ValueKind::choice; the position is the state's, protocol's, ... number.
std::span<const Choice> choices(Key key);

/// Bits of the choice that `word` names, or of a group of them ("connected"); nullopt for another word.
std::optional<std::uint32_t> find_choice(Key key, std::string_view word);

/// The bits of all choices of the key.
std::uint32_t all_choices(Key key);

}  // namespace tool::filter
