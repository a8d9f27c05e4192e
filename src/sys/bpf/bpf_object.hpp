// SPDX-License-Identifier: MIT
// Loads the embedded programs by libbpf and keeps of them only what running them takes: descriptors and
// mappings.
#pragma once

#include "sys/bpf/records.h"
#include "sys/unique_fd.hpp"

#include <tcptable/error.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace tcptable::sys {

/// Memory that a map and this process share; unmapped at the end.
class MapMemory {
 public:
  MapMemory() = default;
  MapMemory(void* begin, std::size_t size) noexcept : begin_(begin), size_(size) {}
  MapMemory(MapMemory&& other) noexcept
      : begin_(std::exchange(other.begin_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  MapMemory& operator=(MapMemory&& other) noexcept {
    std::swap(begin_, other.begin_);
    std::swap(size_, other.size_);
    return *this;
  }
  MapMemory(const MapMemory&) = delete;
  MapMemory& operator=(const MapMemory&) = delete;
  ~MapMemory();

  std::byte* begin() const { return static_cast<std::byte*>(begin_); }

 private:
  void* begin_ = nullptr;
  std::size_t size_ = 0;
};

struct LoadedPrograms {
  UniqueFd descriptor_walk;  ///< A link: bpf_iter_create.
  UniqueFd table_walk;       ///< A program: BPF_PROG_RUN.
  UniqueFd second_look;      ///< Likewise.
  MapMemory held_buffers;
  MapMemory row_buffers;
  std::uint32_t slots = 0;  ///< Buffers of each kind.
};

/// With `slots` buffers of each kind, TCPTABLE_MOST_SLOTS at most.
Result<LoadedPrograms> load_programs(std::uint32_t slots);

}  // namespace tcptable::sys
