// SPDX-License-Identifier: MIT
// Any bytes as the records of the BPF programs: no crash, and no value that the public types don't have.
#include <vector>

#include "api/events/event_record.hpp"
#include "backend/bpf/row_record.hpp"
#include "fuzz/byte_source.hpp"

namespace {

using tcptable::test::ByteSource;
using tcptable::test::require;

void check_row(const tcptable::SocketRow& row) {
  require(row.local.family == row.remote.family);
  require(!to_string(row.state).empty());
}

void check_rows(ByteSource source) {
  std::vector<tcptable_row> records;
  std::vector<tcptable_row_details> details;
  while (!source.empty() && records.size() < 256) {
    records.push_back(source.value<tcptable_row>());
    details.push_back(source.value<tcptable_row_details>());
  }
  std::vector<std::uint32_t> slots;
  tcptable::backend::RepeatFilter filter(slots);
  filter.reset(records.size());
  for (std::uint32_t i = 0; i < records.size(); ++i) {
    const bool is_new = filter.passes(records, i);
    require(is_new || i > 0);
    check_row(tcptable::backend::row_from_record(records[i], details[i], {}));
    static_cast<void>(tcptable::backend::key_from_record(records[i]));
    static_cast<void>(tcptable::backend::cgroup_id_from_record(records[i], details[i]));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_rows(ByteSource(data, size));
  auto event = ByteSource(data, size).value<tcptable_event>();
  event.at &= INT64_MAX;  // a clock of the kernel's
  check_row(tcptable::api::event_from_record(event, {}).row);
  return 0;
}
