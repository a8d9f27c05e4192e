// SPDX-License-Identifier: MIT
// The selection is kept by what the line is, not by where it is.
#include "tcptable/top/model/cursor.hpp"

namespace tool::top {
namespace {

bool is_line(const LineId& id, const Line& line, const Arrangement& arrangement,
             std::span<const Socket> sockets) {
  if (line.kind == Line::Kind::group) return id.socket == 0 && arrangement.group(line).name == id.group;
  return sockets[line.index].id == id.socket;
}

LineId id_of(const Line& line, const Arrangement& arrangement, std::span<const Socket> sockets) {
  if (line.kind == Line::Kind::group) return {0, arrangement.group(line).name};
  return {sockets[line.index].id, {}};
}

}  // namespace

void Cursor::move_to(std::ptrdiff_t position, const Arrangement& arrangement,
                     std::span<const Socket> sockets) {
  const auto& lines = arrangement.lines();
  if (lines.empty()) return release();
  const auto last = static_cast<std::ptrdiff_t>(lines.size()) - 1;
  position_ = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(position, 0, last));
  selected_ = id_of(lines[position_], arrangement, sockets);
}

void Cursor::release() {
  selected_.reset();
  position_ = top_ = 0;
}

void Cursor::follow(const Arrangement& arrangement, std::span<const Socket> sockets) {
  const auto& lines = arrangement.lines();
  if (lines.empty()) {
    position_ = top_ = 0;
    return;
  }
  if (!selected_) return;
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const Line& line) {
    return is_line(*selected_, line, arrangement, sockets);
  });
  if (found == lines.end()) return move_to(static_cast<std::ptrdiff_t>(position_), arrangement, sockets);
  position_ = static_cast<std::size_t>(found - lines.begin());
}

void Cursor::scroll_into_view(std::size_t line_count, std::size_t height) {
  if (height == 0) return;
  top_ = std::min(top_, line_count > height ? line_count - height : 0);
  if (position_ < top_) top_ = position_;
  if (position_ >= top_ + height) top_ = position_ - height + 1;
}

const Socket* socket_at(const Cursor& cursor, const Arrangement& arrangement,
                        std::span<const Socket> sockets) {
  const auto& lines = arrangement.lines();
  if (cursor.position() >= lines.size()) return nullptr;
  const Line& line = lines[cursor.position()];
  return line.kind == Line::Kind::socket ? &sockets[line.index] : nullptr;
}

}  // namespace tool::top
