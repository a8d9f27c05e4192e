// SPDX-License-Identifier: MIT
// What follows from what: a snapshot or a choice rearranges the lines, and the cursor follows its socket.
#include "tcptable/top/model/live_table.hpp"

#include "tcptable/top/model/text_match.hpp"

namespace tool::top {

void LiveTable::rearrange() {
  arrangement_.arrange(sockets_.all(), choices_);
  cursor_.follow(arrangement_, sockets_.all());
}

void LiveTable::update(tcptable::Snapshot snapshot) {
  names_.forget_owners();
  updated_at_ = snapshot.rows_read_at();
  completeness_ = snapshot.completeness();
  sockets_.update(std::make_shared<View>(std::move(snapshot), names_));
  rearrange();
}

void LiveTable::clear() {
  sockets_.clear();
  rearrange();
}

void LiveTable::choose(Choices choices) {
  if (asks_for_other_rows(query_for(choices_), query_for(choices))) sockets_.expect_other_rows();
  choices_ = std::move(choices);
  rearrange();
}

void LiveTable::toggle_fold(const Group& group) {
  arrangement_.toggle_fold(group);
  rearrange();
}

bool LiveTable::search(std::string_view text, std::ptrdiff_t start, bool backwards) {
  const TextMatch match(text);
  const Columns columns = shown_columns(choices_);
  const auto count = static_cast<std::ptrdiff_t>(lines().size());
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    const std::ptrdiff_t distance = backwards ? -start - i : start + i;
    const auto place = static_cast<std::ptrdiff_t>(cursor_.position()) + distance;
    const std::ptrdiff_t position = ((place % count) + count) % count;
    const Line& line = lines()[static_cast<std::size_t>(position)];
    if (line.kind == Line::Kind::group || !match.matches(socket(line).reader(), columns)) continue;
    move_to(position);
    return true;
  }
  return false;
}

const Group* LiveTable::selected_group() const {
  if (cursor_.position() >= lines().size()) return nullptr;
  const Line& line = lines()[cursor_.position()];
  return line.kind == Line::Kind::group ? &arrangement_.group(line) : nullptr;
}

}  // namespace tool::top
