// SPDX-License-Identifier: MIT
// The functions of debugapi.h.
#include "win32/system/debug_output.hpp"

#include "win32/export.hpp"
#include "win32/process/proc_text.hpp"

#include <debugapi.h>

#include <unistd.h>

namespace tcptable::win32 {
namespace {

// Whether "TracerPid:" in /proc/PID/status names a process.
bool has_tracer(std::string_view status) noexcept {
  constexpr std::string_view kLabel = "\nTracerPid:\t";
  const std::size_t found = status.find(kLabel);
  if (found == std::string_view::npos) return false;
  status.remove_prefix(found + kLabel.size());
  return !status.starts_with("0\n");
}

}  // namespace

bool is_traced() {
  const auto status = read_proc_text(GetCurrentProcessId(), "status");
  return status && has_tracer(*status);
}

void write_debug_text(std::string_view bytes) noexcept {
  // Nothing can be told where it fails.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, bytes.data(), bytes.size());
}

}  // namespace tcptable::win32

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI IsDebuggerPresent(void) {
  BOOL present = FALSE;
  guarded([&]() -> ULONG {
    present = is_traced() ? TRUE : FALSE;
    return NO_ERROR;
  });
  return present;
}

TCPTABLE_WIN32_EXPORT VOID WINAPI OutputDebugStringA(LPCSTR lpOutputString) {
  output_debug_text(lpOutputString);
}
