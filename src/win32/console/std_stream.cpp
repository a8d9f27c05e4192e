// SPDX-License-Identifier: MIT
#include "win32/console/std_stream.hpp"

#include "win32/error_map.hpp"
#include "win32/export.hpp"
#include "win32/last_error.hpp"

#include <windows.h>

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <climits>

namespace tcptable::win32 {
namespace {

// One handle for each stream, made when it is first asked for.
template <int descriptor>
HANDLE std_handle(std::FILE* stream) {
  static const HANDLE handle = open_handle(std::make_shared<StdStream>(descriptor, stream));
  return handle;
}

bool is_open(int descriptor) {
  return ::fcntl(descriptor, F_GETFD) >= 0;
}

}  // namespace

DWORD StdStream::write(std::string_view bytes) const {
  if (is_input()) return ERROR_INVALID_HANDLE;
  std::fflush(stream_);
  return write_bytes(descriptor_, bytes);
}

DWORD StdStream::read(std::span<char> room, DWORD& count) const {
  return is_input() ? read_bytes(descriptor_, room, count) : DWORD{ERROR_ACCESS_DENIED};
}

DWORD StdStream::flush() const {
  if (is_input()) return ERROR_ACCESS_DENIED;
  return std::fflush(stream_) == 0 ? DWORD{NO_ERROR} : windows_code(errno);
}

OrCode<std::shared_ptr<StdStream>> console_of(HANDLE handle) {
  auto stream = object_of<StdStream>(handle);
  if (stream == nullptr || ::isatty(stream->descriptor()) == 0)
    return tl::unexpected<DWORD>(ERROR_INVALID_HANDLE);
  return stream;
}

OrCode<std::shared_ptr<StdStream>> console_output_of(HANDLE handle) {
  auto stream = console_of(handle);
  if (stream && (*stream)->is_input()) return tl::unexpected<DWORD>(ERROR_INVALID_HANDLE);
  return stream;
}

std::shared_ptr<StdStream> any_console_output() {
  for (const DWORD number : {STD_OUTPUT_HANDLE, STD_ERROR_HANDLE}) {
    if (auto stream = console_of(GetStdHandle(number))) return *stream;
  }
  return nullptr;
}

}  // namespace tcptable::win32

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT HANDLE WINAPI GetStdHandle(DWORD nStdHandle) {
  HANDLE handle = INVALID_HANDLE_VALUE;
  succeed_or_fail([&]() -> ULONG {
    switch (nStdHandle) {
      case STD_INPUT_HANDLE:
        handle = is_open(STDIN_FILENO) ? std_handle<STDIN_FILENO>(stdin) : nullptr;
        return NO_ERROR;
      case STD_OUTPUT_HANDLE:
        handle = is_open(STDOUT_FILENO) ? std_handle<STDOUT_FILENO>(stdout) : nullptr;
        return NO_ERROR;
      case STD_ERROR_HANDLE:
        handle = is_open(STDERR_FILENO) ? std_handle<STDERR_FILENO>(stderr) : nullptr;
        return NO_ERROR;
      default:
        return ERROR_INVALID_HANDLE;
    }
  });
  return handle;
}
