// SPDX-License-Identifier: MIT
// Writing whole texts, and one line about what went wrong.
#include "tcptable/output/console.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace tool {
namespace {

ExitStatus status_of(tcptable::Errc code) {
  switch (code) {
    case tcptable::Errc::invalid_argument:
      return ExitStatus::usage;
    case tcptable::Errc::not_permitted:
      return ExitStatus::not_permitted;
    default:
      return ExitStatus::failed;
  }
}

}  // namespace

int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

ExitStatus fail(std::string_view why, ExitStatus status) {
  // A standard error that can't be written to leaves nowhere to say so.
  write_all(STDERR_FILENO, "tcptable: " + std::string(why) + "\n");
  return status;
}

ExitStatus fail(const tcptable::Error& error) {
  // Of what the library calls invalid, only this isn't an option's or operand's and checked already.
  if (error.code == tcptable::Errc::invalid_argument)
    return fail("TCPTABLE_BACKEND: no backend of that name; --version lists them", ExitStatus::usage);
  return fail(to_string(error), status_of(error.code));
}

ChunkedOutput standard_output() {
  return ChunkedOutput([](std::string_view chunk) { return write_all(STDOUT_FILENO, chunk); });
}

ExitStatus after_writing(int failed, ExitStatus status) {
  if (failed == 0) return status;
  return failed == EPIPE ? ExitStatus::failed
                         : fail(std::string("standard output: ") + std::strerror(failed), ExitStatus::failed);
}

ExitStatus print(std::string_view text) {
  return after_writing(write_all(STDOUT_FILENO, text), ExitStatus::found);
}

}  // namespace tool
