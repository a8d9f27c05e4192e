// SPDX-License-Identifier: MIT
#include "win32/tables/row_order.hpp"

#include <algorithm>
#include <array>

namespace tcptable::win32 {
namespace {

std::uint64_t big_endian(const std::uint8_t* bytes, int count) {
  std::uint64_t number = 0;
  for (int i = 0; i < count; ++i) number = number << 8 | bytes[i];
  return number;
}

// Sorting whole rows, or positions by looking at rows, misses the cache at every comparison; packed keys that
// end in the position sort in place and make the order stable.
struct Key4 {
  std::uint64_t high;  // local address and port, the remote address's first half
  std::uint64_t low;   // its second half, the remote port, and the position

  Key4(const SocketRow& row, bool with_remote, std::uint32_t position) {
    const std::uint64_t local = big_endian(row.local.address.data(), 4);
    const std::uint64_t remote = with_remote ? big_endian(row.remote.address.data(), 4) : 0;
    const std::uint64_t remote_port = with_remote ? row.remote.port : 0;
    high = local << 32 | std::uint64_t{row.local.port} << 16 | remote >> 16;
    low = remote << 48 | remote_port << 32 | position;
  }

  bool operator<(const Key4& other) const { return high != other.high ? high < other.high : low < other.low; }
  std::uint32_t position() const { return static_cast<std::uint32_t>(low); }
};

struct Key6 {
  static constexpr std::size_t kPosition = 6;
  std::array<std::uint64_t, 7> words;

  bool operator<(const Key6& other) const { return words < other.words; }
  std::uint32_t position() const { return static_cast<std::uint32_t>(words[kPosition]); }

  Key6(const SocketRow& row, bool with_remote, std::uint32_t position) {
    const auto fill = [this](std::size_t at, const Endpoint& endpoint) {
      words[at] = big_endian(endpoint.address.data(), 8);
      words[at + 1] = big_endian(endpoint.address.data() + 8, 8);
      words[at + 2] = std::uint64_t{endpoint.scope_id} << 16 | endpoint.port;
    };
    fill(0, row.local);
    fill(3, with_remote ? row.remote : Endpoint{});
    words[kPosition] = position;
  }
};

bool is_selected(const SocketRow& row, const TableRequest& request) {
  if (row.protocol != request.protocol || row.local.family != request.family) return false;
  switch (request.selection) {
    case RowSelection::all:
      return true;
    case RowSelection::listeners:
      return row.state == State::listen;
    case RowSelection::connections:
      return row.state != State::listen;
    case RowSelection::bound:
      return row.state == State::bound;
  }
  return false;
}

template <typename Key>
void sort_by(std::span<const SocketRow> rows, bool with_remote, std::vector<std::uint32_t>& positions) {
  std::vector<Key> keys;
  keys.reserve(positions.size());
  for (const std::uint32_t position : positions) keys.emplace_back(rows[position], with_remote, position);
  std::sort(keys.begin(), keys.end());
  std::transform(keys.begin(), keys.end(), positions.begin(), [](const Key& key) { return key.position(); });
}

}  // namespace

std::vector<std::uint32_t> select_rows(std::span<const SocketRow> rows, const TableRequest& request) {
  std::vector<std::uint32_t> positions;
  positions.reserve(rows.size());
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    if (is_selected(rows[i], request)) positions.push_back(i);
  }
  if (!request.ordered) return positions;
  const bool with_remote = request.protocol == Protocol::tcp;
  if (request.family == Family::ipv4) {
    sort_by<Key4>(rows, with_remote, positions);
  } else {
    sort_by<Key6>(rows, with_remote, positions);
  }
  return positions;
}

}  // namespace tcptable::win32
