// SPDX-License-Identifier: MIT
// Sort keys are taken out of the rows once, then compared.
#include "tcptable/list/order.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <span>
#include <tuple>

#include "tcptable/columns/sort_key.hpp"
#include "tcptable/filter/match.hpp"
#include "tcptable/output/parallel.hpp"

namespace tool {
namespace {

using tcptable::Endpoint;
using tcptable::SocketRow;
using tcptable::State;

bool is_listener(const SocketRow& row) {
  return row.state == (row.protocol == tcptable::Protocol::tcp ? State::listen : State::close);
}

// A row with what it is sorted by, taken out once instead of in each comparison.
struct Keyed {
  const SortKey* field = nullptr;  // where it is sorted by a column
  std::uint64_t place = 0;  // listeners by port, then the others by port; protocol, family, local address
  std::uint64_t peer = 0;   // of IPv4: with it the row is told; of IPv6 the addresses are compared
  const SocketRow* row = nullptr;
};

std::uint64_t first_four(const Endpoint& endpoint) {
  const auto& bytes = endpoint.address;
  return std::uint64_t{bytes[0]} << 24 | std::uint64_t{bytes[1]} << 16 | std::uint64_t{bytes[2]} << 8 |
         bytes[3];
}

std::uint64_t place_of(const SocketRow& row) {
  const std::uint64_t port = row.local.port + (is_listener(row) ? 0U : 0x10000U);
  const auto protocol = static_cast<std::uint64_t>(row.protocol);
  const auto family = static_cast<std::uint64_t>(row.local.family);
  return port << 34 | protocol << 33 | family << 32 | first_four(row.local);
}

auto endpoints(const SocketRow& row) {
  return std::tie(row.protocol, row.local.family, row.local.address, row.local.scope_id, row.remote.address,
                  row.remote.port, row.remote.scope_id);
}

class KeyMaker {
 public:
  KeyMaker(const Column* sort, RowReader& reader) : reader_(reader) {
    if (sort != nullptr) fields_.emplace(*sort);
  }

  Keyed operator()(const SocketRow& row) {
    Keyed key;
    key.row = &row;
    key.place = place_of(row);
    if (row.local.family == tcptable::Family::ipv4) key.peer = first_four(row.remote) << 16 | row.remote.port;
    if (fields_) {
      reader_.look_at(row);
      key.field = &field_of_row_.emplace_back(fields_->of_row(reader_));
    }
    return key;
  }

 private:
  std::optional<SortKeys> fields_;
  std::deque<SortKey> field_of_row_;
  RowReader& reader_;
};

bool is_shown(const SocketRow& row, const Options& options, RowReader& reader) {
  if (options.listeners && !is_listener(row)) return false;
  reader.look_at(row);
  return filter::matches(options.filter, reader.facts());
}

class InOrder {
 public:
  explicit InOrder(bool descending) : descending_(descending) {}

  bool operator()(const Keyed& a, const Keyed& b) const {
    if (a.field != nullptr) {
      const auto by_field = *a.field <=> *b.field;
      if (by_field != 0) return descending_ ? by_field > 0 : by_field < 0;
    }
    if (a.place != b.place) return a.place < b.place;
    if (a.peer != b.peer) return a.peer < b.peer;
    return endpoints(*a.row) < endpoints(*b.row);
  }

 private:
  bool descending_;
};

// A share of the rows, which one thread selects and sorts.
class Share {
 public:
  Share(const Options& options, RowReader& reader)
      : options_(options), reader_(reader), key_of_(options.sort, reader) {}

  void sort(std::span<const SocketRow> rows) {
    keys_.reserve(rows.size());
    for (const SocketRow& row : rows) {
      if (is_shown(row, options_, reader_)) keys_.push_back(key_of_(row));
    }
    std::sort(keys_.begin(), keys_.end(), InOrder(options_.descending));
  }
  std::span<const Keyed> keys() const { return keys_; }

 private:
  const Options& options_;
  RowReader& reader_;
  KeyMaker key_of_;
  std::vector<Keyed> keys_;
};

std::vector<const SocketRow*> merged(const std::deque<Share>& shares, const Options& options) {
  const InOrder in_order(options.descending);
  std::vector<std::span<const Keyed>> left;
  std::size_t count = 0;
  for (const Share& share : shares) {
    if (!share.keys().empty()) left.push_back(share.keys());
    count += share.keys().size();
  }
  std::vector<const SocketRow*> rows;
  rows.reserve(count);
  while (!left.empty()) {
    const auto least = std::min_element(left.begin(), left.end(), [&](const auto& a, const auto& b) {
      return in_order(a.front(), b.front());
    });
    rows.push_back(least->front().row);
    *least = least->subspan(1);
    if (least->empty()) left.erase(least);
  }
  return rows;
}

}  // namespace

std::vector<const SocketRow*> ordered_rows(const tcptable::Snapshot& snapshot, const Options& options,
                                           RowReader& reader) {
  const auto rows = snapshot.rows();
  const unsigned threads = threads_for(rows.size());
  std::deque<ThreadsReader> readers;
  std::deque<Share> shares;
  for (unsigned i = 0; i < threads; ++i)
    shares.emplace_back(options, threads == 1 ? reader : readers.emplace_back(snapshot).reader);
  at_once(threads, [&](unsigned i) {
    const std::size_t begin = rows.size() * i / threads;
    shares[i].sort(rows.subspan(begin, rows.size() * (i + 1) / threads - begin));
  });
  return merged(shares, options);
}

}  // namespace tool
