// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>

#include "sys/bpf/socket_walks.hpp"

namespace tcptable::test {

/// Programs that loaded, and then fail in each walk, as on a kernel that nobody has tried.
class FailingWalks : public sys::SocketWalks {
 public:
  bool has_loaded(sys::Walks) const override { return true; }
  bool still_work() const override { return true; }
  Result<void> load(sys::Walks) override { return {}; }
  unsigned most_at_once() const override { return 1; }
  Result<bool> walk_descriptors(const sys::DescriptorWalk&, const HeldSink&) override { return failure(); }
  Result<std::uint32_t> table_size(tcptable_hash_table) override { return 16U; }
  Result<void> walk_table(const sys::TableWalk&, const RowSink&) override { return failure(); }
  Result<std::uint32_t> count_rows(const sys::TableWalk&) override { return failure(); }
  Result<std::uint32_t> count_requests() override { return failure(); }
  Result<void> look_again(std::span<tcptable_row>, std::span<tcptable_row_details>) override {
    return failure();
  }
  void abandon() noexcept override {}

 private:
  static tl::unexpected<Error> failure() {
    return tl::unexpected(Error{Errc::interrupted_dump, Step::run_bpf, 0});
  }
};

}  // namespace tcptable::test
