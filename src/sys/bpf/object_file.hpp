// SPDX-License-Identifier: MIT
// A BPF object while it is being loaded, and what may be kept of it: descriptors and mappings.
#pragma once

#include "sys/unique_fd.hpp"

#include <tcptable/error.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>

struct bpf_object;

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

/// Every error has Step::load_bpf: not_permitted, or not_supported for whatever else the kernel says. What it
/// gives outlives it.
class ObjectFile {
 public:
  static Result<ObjectFile> open(std::span<const std::byte> image);

  /// Before load().
  Result<void> set_map_size(const char* map, std::uint32_t entries);
  /// Leaves it to the kernel (5.17) to find its own types' places: libbpf would read and sort 5 MB of type
  /// information for that, anew in each process.
  Result<void> load();

  // After load().
  Result<UniqueFd> attach_iterator(const char* program);
  Result<UniqueFd> attach_tracepoint(const char* program);
  Result<UniqueFd> program(const char* name);
  Result<UniqueFd> map(const char* name);
  /// Of an array map with BPF_F_MMAPABLE.
  Result<MapMemory> map_memory(const char* map);

 private:
  struct Close {
    void operator()(bpf_object* object) const;
  };
  explicit ObjectFile(bpf_object* object) : object_(object) {}
  Result<void> run_loader(std::span<const std::byte> instructions, std::span<const std::byte> data);

  std::unique_ptr<bpf_object, Close> object_;
  std::map<std::string, UniqueFd> maps_;
  std::map<std::string, UniqueFd> programs_;
};

}  // namespace tcptable::sys
