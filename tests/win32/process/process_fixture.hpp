// SPDX-License-Identifier: MIT
// A running program with a name of its own, and handles that close themselves.
#pragma once

#include <gtest/gtest.h>
#include <windows.h>

#include <filesystem>
#include <string>

#include "support/running_program.hpp"

namespace tcptable::test {

class Handle {
 public:
  explicit Handle(HANDLE handle) : handle_(handle) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { CloseHandle(handle_); }

  operator HANDLE() const { return handle_; }

 private:
  HANDLE handle_;
};

class ProcessTest : public testing::Test {
 protected:
  // path::wstring would want a locale with such characters.
  static std::wstring wide(const std::filesystem::path& path) {
    const std::u32string text = path.u32string();
    return {text.begin(), text.end()};
  }

  static constexpr DWORD kLook = PROCESS_QUERY_INFORMATION | PROCESS_VM_READ;

  DWORD pid() const { return static_cast<DWORD>(program_.pid()); }
  std::string path() const { return copy_.path().string(); }
  std::wstring wide_path() const { return wide(copy_.path()); }
  std::wstring wide_name() const { return wide(copy_.path().filename()); }

  // Longer than the kernel's 15 bytes, and outside ASCII.
  CopiedProgram copy_{
      "long-named-pr\xC3\xBC"
      "fling"};
  RunningProgram program_{copy_.path()};
};

/// The last error of the call that is the argument.
template <typename T>
DWORD error_of(T /*result*/) {
  return GetLastError();
}

}  // namespace tcptable::test
