// SPDX-License-Identifier: MIT
// The lines of the table: which sockets are shown, in which order, under which groups.
#pragma once

#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "tcptable/top/model/choices.hpp"
#include "tcptable/top/model/sockets.hpp"

namespace tool::top {

/// Names a line whatever its position: a socket's id, or a group's name.
struct LineId {
  std::uint64_t socket = 0;
  std::string group;
  friend bool operator==(const LineId&, const LineId&) = default;
};

/// How many of some sockets there are; closed ones that still fade are not counted.
struct Counts {
  std::size_t listening = 0;
  std::size_t established = 0;
  std::size_t other = 0;
  std::size_t all() const { return listening + established + other; }
  void add(const Socket& socket);
};

struct Group {
  std::string name;  ///< As the process or unit has it: any bytes. Empty: sockets without one.
  Counts counts;
  std::vector<std::uint32_t> sockets;  ///< Positions in Sockets::all().
};

struct Line {
  enum class Kind : std::uint8_t { socket, group };
  Kind kind = Kind::socket;
  std::uint32_t index = 0;  ///< Into Sockets::all(), or groups().
};

class Arrangement {
 public:
  /// Positions are valid until the sockets are updated. Linear, but for the sorting.
  void arrange(std::span<const Socket> sockets, const Choices& choices);

  const std::vector<Line>& lines() const { return lines_; }
  const Group& group(const Line& line) const { return groups_[line.index]; }
  const Counts& counts() const { return counts_; }
  bool is_folded(const Group& group) const { return folded_.contains(group.name); }
  /// Hides the group's sockets, or shows them again; arrange() makes it so.
  void toggle_fold(const Group& group);

 private:
  void choose(std::span<const Socket> sockets, const Choices& choices);
  void sort(std::span<const Socket> sockets, const Choices& choices);
  void make_groups(std::span<const Socket> sockets, Grouping grouping);

  std::vector<std::uint32_t> chosen_;
  std::vector<Line> lines_;
  std::vector<Group> groups_;
  Counts counts_;
  std::unordered_set<std::string> folded_;
};

}  // namespace tool::top
