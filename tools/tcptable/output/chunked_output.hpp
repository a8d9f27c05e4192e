// SPDX-License-Identifier: MIT
// Text on its way out, in pieces: a table of a million lines is never in memory as a whole.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace tool {

class ChunkedOutput {
 public:
  /// Takes a piece of the output; returns 0, or errno.
  using Write = std::function<int(std::string_view)>;

  explicit ChunkedOutput(Write write) : write_(std::move(write)) { chunk_.reserve(kChunk + kSlack); }

  void append(std::string_view text) {
    if (text.size() >= kChunk) return send(text);
    chunk_ += text;
    if (chunk_.size() >= kChunk) flush();
  }
  void append(std::size_t count, char character) { chunk_.append(count, character); }
  void append(char character) { chunk_.push_back(character); }
  /// Sends what is left; returns errno of the first write that failed, after which nothing was written, or 0.
  int finish() {
    flush();
    return failed_;
  }

 private:
  static constexpr std::size_t kChunk = 64 * 1024;
  static constexpr std::size_t kSlack = 4096;

  void flush() {
    if (failed_ == 0 && !chunk_.empty()) failed_ = write_(chunk_);
    chunk_.clear();
  }
  // Without a copy.
  void send(std::string_view text) {
    flush();
    if (failed_ == 0) failed_ = write_(text);
  }

  Write write_;
  std::string chunk_;
  int failed_ = 0;
};

}  // namespace tool
