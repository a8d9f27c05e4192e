// SPDX-License-Identifier: MIT
// A fuzz input, taken apart from its front: zeros once it is used up.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>

namespace tcptable::test {

/// For what must hold whatever the input is.
inline void require(bool holds) {
  if (!holds) std::abort();
}

class ByteSource {
 public:
  ByteSource(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  bool empty() const { return rest_.empty(); }
  std::string_view take(std::size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view rest() { return take(rest_.size()); }
  /// Up to a byte that `ends` it, which is dropped.
  std::string_view take_until(char ends) {
    const std::string_view taken = take(std::min(rest_.find(ends), rest_.size()));
    take(1);
    return taken;
  }
  template <typename Plain>
  Plain value() {
    Plain plain{};
    const std::string_view bytes = take(sizeof plain);
    std::memcpy(&plain, bytes.data(), bytes.size());
    return plain;
  }

 private:
  std::string_view rest_;
};

inline std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

}  // namespace tcptable::test
