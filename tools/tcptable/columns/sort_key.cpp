// SPDX-License-Identifier: MIT
// Addresses by their bytes, everything else by its value.
#include "tcptable/columns/sort_key.hpp"

#include <limits>

namespace tool {
namespace {

std::string_view address_bytes(const tcptable::Endpoint& endpoint) {
  return {reinterpret_cast<const char*>(endpoint.address.data()), endpoint.address.size()};
}

}  // namespace

SortKey SortKeys::of_row(RowReader& reader) {
  if (column_.form == Form::address) {
    const tcptable::SocketRow& row = reader.facts().row();
    const tcptable::Endpoint& end = column_.key == filter::Key::local ? row.local : row.remote;
    return {static_cast<std::uint64_t>(end.family), address_bytes(end)};
  }
  const Value value = reader.value(column_);
  if (const auto* number = std::get_if<std::uint64_t>(&value)) return {*number, {}};
  if (const auto* text = std::get_if<std::string>(&value)) return {0, *texts_.insert(*text).first};
  return {std::numeric_limits<std::uint64_t>::max(), {}};
}

}  // namespace tool
