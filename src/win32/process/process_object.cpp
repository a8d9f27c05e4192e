// SPDX-License-Identifier: MIT
#include "win32/process/process_object.hpp"

#include "win32/error_map.hpp"
#include "win32/process/exit_code.hpp"
#include "win32/process/pidfd.hpp"

#include <processthreadsapi.h>
#include <tcptable/process.hpp>

#include <unistd.h>
#include <cerrno>
#include <limits>

namespace tcptable::win32 {
namespace {

constexpr DWORD kQueryRights = PROCESS_QUERY_INFORMATION | PROCESS_QUERY_LIMITED_INFORMATION;
constexpr DWORD kLookRights = kQueryRights | PROCESS_VM_READ;
constexpr DWORD kPidfdRights = PROCESS_TERMINATE | SYNCHRONIZE;

// Owns a pidfd until the object does.
struct Pidfd {
  Pidfd() = default;
  Pidfd(const Pidfd&) = delete;
  Pidfd& operator=(const Pidfd&) = delete;
  ~Pidfd() {
    if (fd >= 0) ::close(fd);
  }
  int fd = -1;
};

DWORD code_of_pidfd(int sys_errno) {
  const bool no_process = sys_errno == ESRCH || sys_errno == EINVAL || sys_errno == ENOENT;
  return no_process ? DWORD{ERROR_INVALID_PARAMETER} : windows_code(sys_errno);
}

// Nobody but this process can have its pid while it lives; a process that is to be waited for counts.
DWORD check_signal(int pidfd, DWORD access) {
  if (send_pidfd_signal(pidfd, 0) == 0) return NO_ERROR;
  if (errno != EPERM) return ERROR_INVALID_PARAMETER;
  return (access & PROCESS_TERMINATE) != 0 ? ERROR_ACCESS_DENIED : NO_ERROR;
}

bool is_process(DWORD pid) {
  return pid != 0 && pid <= static_cast<DWORD>(std::numeric_limits<pid_t>::max());
}

}  // namespace

OrCode<std::shared_ptr<ProcessObject>> ProcessObject::open(DWORD pid, DWORD access) {
  if (!is_process(pid)) return tl::unexpected<DWORD>(ERROR_INVALID_PARAMETER);
  Pidfd pidfd;
  // The QUERY rights can do without, but for the exit code of a process that its parent has waited for.
  if ((access & (kPidfdRights | kQueryRights)) != 0) pidfd.fd = open_pidfd(static_cast<pid_t>(pid));
  if ((access & kPidfdRights) != 0 && pidfd.fd < 0) return tl::unexpected(code_of_pidfd(errno));
  const auto described = describe_process(static_cast<std::int32_t>(pid));
  if (!described) {
    const bool absent = described.error().code == Errc::not_found;
    return tl::unexpected<DWORD>(absent ? ERROR_INVALID_PARAMETER : windows_code(described.error()));
  }
  if (access == 0) return tl::unexpected<DWORD>(ERROR_ACCESS_DENIED);
  const bool hidden = !described->executable && described->executable.error().code == Errc::not_permitted;
  if (hidden && (access & kLookRights) != 0) return tl::unexpected<DWORD>(ERROR_ACCESS_DENIED);
  // Only now is it sure that both were the same process.
  if (pidfd.fd >= 0) {
    if (const DWORD refused = check_signal(pidfd.fd, access); refused != NO_ERROR)
      return tl::unexpected(refused);
  }
  auto object = std::make_shared<ProcessObject>(described->process, access, pidfd.fd);
  pidfd.fd = -1;
  return object;
}

std::shared_ptr<ProcessObject> ProcessObject::current() {
  const auto described = describe_process(static_cast<std::int32_t>(::getpid()));
  if (!described) return nullptr;
  return std::make_shared<ProcessObject>(described->process, PROCESS_ALL_ACCESS, open_pidfd(::getpid()));
}

ProcessObject::~ProcessObject() {
  if (pidfd_ >= 0) ::close(pidfd_);
}

bool ProcessObject::allows_query() const {
  return (access_ & kQueryRights) != 0;
}

OrCode<std::string> ProcessObject::image_path() const {
  const auto described = describe_process(process_.pid);
  if (!described || described->process.start_time != process_.start_time)
    return tl::unexpected<DWORD>(ERROR_GEN_FAILURE);
  if (described->executable) return described->executable->path;
  const Error& error = described->executable.error();
  return tl::unexpected<DWORD>(error.code == Errc::not_found ? ERROR_GEN_FAILURE : windows_code(error));
}

OrCode<DWORD> ProcessObject::exit_code() const {
  if (const auto status = reaped_status(pidfd_)) return exit_code_of(*status);
  const auto described = describe_process(process_.pid);
  if (!described || described->process.start_time != process_.start_time)
    return tl::unexpected<DWORD>(ERROR_GEN_FAILURE);
  if (described->executable || described->kernel_thread) return DWORD{STILL_ACTIVE};
  if (described->executable.error().code != Errc::not_found)
    return tl::unexpected(windows_code(described->executable.error()));
  // It has ended and waits for its parent, or has been waited for just now.
  if (const auto status = unreaped_status(process_.pid); status && exists()) return exit_code_of(*status);
  if (const auto status = reaped_status(pidfd_)) return exit_code_of(*status);
  return tl::unexpected<DWORD>(ERROR_GEN_FAILURE);
}

bool ProcessObject::exists() const {
  const auto described = describe_process(process_.pid);
  return described && described->process.start_time == process_.start_time;
}

OrCode<std::shared_ptr<ProcessObject>> process_of(HANDLE handle, DWORD rights) {
  auto process = handle == INVALID_HANDLE_VALUE ? ProcessObject::current() : object_of<ProcessObject>(handle);
  if (process == nullptr) return tl::unexpected<DWORD>(ERROR_INVALID_HANDLE);
  if (!process->allows(rights)) return tl::unexpected<DWORD>(ERROR_ACCESS_DENIED);
  return process;
}

OrCode<std::shared_ptr<ProcessObject>> queried_process(HANDLE handle) {
  auto process = process_of(handle, 0);
  if (process && !(*process)->allows_query()) return tl::unexpected<DWORD>(ERROR_ACCESS_DENIED);
  return process;
}

}  // namespace tcptable::win32
