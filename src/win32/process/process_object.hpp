// SPDX-License-Identifier: MIT
// An opened process: the one that had this pid when it was opened, and none that gets it later.
#pragma once

#include "win32/process/handle_table.hpp"

#include <tcptable/owner.hpp>

#include <string>

#include <tl/expected.hpp>

namespace tcptable::win32 {

/// A value, or a Windows code.
template <typename T>
using OrCode = tl::expected<T, DWORD>;

class ProcessObject final : public Object {
 public:
  static OrCode<std::shared_ptr<ProcessObject>> open(DWORD pid, DWORD access);

  /// Without an object of its own: what GetCurrentProcess() means.
  static std::shared_ptr<ProcessObject> current();

  ProcessObject(Process process, DWORD access, int pidfd) noexcept
      : process_(std::move(process)), access_(access), pidfd_(pidfd) {}
  ~ProcessObject() override;
  ProcessObject(const ProcessObject&) = delete;
  ProcessObject& operator=(const ProcessObject&) = delete;

  DWORD pid() const { return static_cast<DWORD>(process_.pid); }
  bool allows(DWORD rights) const { return (access_ & rights) == rights; }
  bool allows_query() const;

  /// ERROR_GEN_FAILURE for a process that has exited or is the kernel's.
  OrCode<std::string> image_path() const;

  /// Whether it is still there, if only to be waited for by its parent.
  bool exists() const;

  /// STILL_ACTIVE, or what it ended with. ERROR_GEN_FAILURE where the kernel doesn't know any more.
  OrCode<DWORD> exit_code() const;

  /// A pidfd, with PROCESS_TERMINATE or SYNCHRONIZE; else -1 where the kernel has none to give.
  int pidfd() const { return pidfd_; }

 private:
  const Process process_;
  const DWORD access_;
  const int pidfd_;
};

/// What a handle stands for, or the code: ERROR_INVALID_HANDLE, or ERROR_ACCESS_DENIED without these rights.
OrCode<std::shared_ptr<ProcessObject>> process_of(HANDLE handle, DWORD rights);

/// The same with one of the QUERY rights.
OrCode<std::shared_ptr<ProcessObject>> queried_process(HANDLE handle);

}  // namespace tcptable::win32
