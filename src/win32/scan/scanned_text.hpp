// SPDX-License-Identifier: MIT
// What the scanning functions read: one character at a time, the next one seen before it is taken.
#pragma once

#include <cstdio>
#include <optional>

namespace tcptable::win32 {

class ScannedText {
 public:
  virtual ~ScannedText() = default;

  /// The next character, or EOF.
  virtual int next() = 0;
  virtual void take() = 0;

  int taken() const { return taken_; }

 protected:
  int taken_ = 0;
};

class ScannedString final : public ScannedText {
 public:
  explicit ScannedString(const char* text) : text_(text) {}

  int next() override { return *text_ != 0 ? static_cast<unsigned char>(*text_) : EOF; }
  void take() override {
    ++text_;
    ++taken_;
  }

 private:
  const char* text_;
};

/// Gives back what it has seen and not taken. Has the stream's lock.
class ScannedStream final : public ScannedText {
 public:
  explicit ScannedStream(std::FILE* stream) : stream_(stream) { ::flockfile(stream_); }
  ScannedStream(const ScannedStream&) = delete;
  ScannedStream& operator=(const ScannedStream&) = delete;
  ~ScannedStream() override {
    if (seen_.value_or(EOF) != EOF) std::ungetc(*seen_, stream_);
    ::funlockfile(stream_);
  }

  int next() override {
    if (!seen_) seen_ = ::getc_unlocked(stream_);
    return *seen_;
  }
  void take() override {
    seen_.reset();
    ++taken_;
  }

 private:
  std::FILE* const stream_;
  std::optional<int> seen_;
};

}  // namespace tcptable::win32
