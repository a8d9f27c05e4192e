// SPDX-License-Identifier: MIT
// The tool: options, one snapshot, output, exit status.
#include <unistd.h>

#include <tcptable/tcptable.hpp>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>

#include "tcptable/chunked_output.hpp"
#include "tcptable/display.hpp"
#include "tcptable/json_output.hpp"
#include "tcptable/options.hpp"
#include "tcptable/order.hpp"
#include "tcptable/summary.hpp"
#include "tcptable/table_output.hpp"

namespace {

using tool::ExitStatus;

// 0, or errno. A closed pipe ends the program quietly by SIGPIPE; where that signal is blocked it is EPIPE.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

// A standard error that can't be written to leaves nowhere to say so.
ExitStatus fail(const std::string& why, ExitStatus status) {
  write_all(STDERR_FILENO, "tcptable: " + why + "\n");
  return status;
}

// What a failed write to standard output means.
ExitStatus after_writing(int failed, ExitStatus status) {
  if (failed == 0) return status;
  return failed == EPIPE ? ExitStatus::failed
                         : fail(std::string("standard output: ") + std::strerror(failed), ExitStatus::failed);
}

ExitStatus print(const std::string& text) {
  return after_writing(write_all(STDOUT_FILENO, text), ExitStatus::found);
}

ExitStatus show(const tcptable::Snapshot& snapshot, const tool::Options& options) {
  tool::Names names(options.resolve);
  const auto rows = tool::ordered_rows(snapshot, options, names);
  ExitStatus status = rows.empty() ? ExitStatus::nothing : ExitStatus::found;
  if (options.strict && tool::is_partial(rows, snapshot.completeness())) status = ExitStatus::partial;
  tool::ChunkedOutput out([](std::string_view chunk) { return write_all(STDOUT_FILENO, chunk); });
  if (options.json) {
    tool::print_json(snapshot, rows, out);
  } else {
    tool::print_table(snapshot, rows, options, names, out);
  }
  status = after_writing(out.finish(), status);
  if (status != ExitStatus::failed) {
    write_all(STDERR_FILENO, tool::closing_line(rows, snapshot.completeness(), geteuid() == 0));
  }
  return status;
}

ExitStatus status_of(const tcptable::Error& error) {
  switch (error.code) {
    case tcptable::Errc::invalid_argument:
      return ExitStatus::usage;
    case tcptable::Errc::not_permitted:
      return ExitStatus::not_permitted;
    default:
      return ExitStatus::failed;
  }
}

// Of what the library calls invalid, only this isn't an option's and checked already.
std::string text_of(const tcptable::Error& error) {
  if (error.code == tcptable::Errc::invalid_argument)
    return "TCPTABLE_BACKEND: no backend of that name; --version lists them";
  return to_string(error);
}

ExitStatus run(int count, const char* const* words) {
  const auto parsed = tool::parse_options(count, words);
  if (const auto* wrong = std::get_if<tool::UsageError>(&parsed)) return fail(wrong->text, ExitStatus::usage);
  if (const auto* asked = std::get_if<tool::Information>(&parsed)) return print(asked->text);
  const auto& options = std::get<tool::Options>(parsed);
  const auto snapshot = tcptable::take_snapshot(options.query);
  if (!snapshot) return fail(text_of(snapshot.error()), status_of(snapshot.error()));
  return show(*snapshot, options);
}

}  // namespace

int main(int count, char** words) {
  // A parent may have left SIGPIPE ignored; `tcptable | head` shall end quietly all the same.
  std::signal(SIGPIPE, SIG_DFL);
  tool::adopt_terminal_charset();
  ExitStatus status = ExitStatus::failed;
  try {
    status = run(count, words);
  } catch (const std::exception& error) {
    status = fail(error.what(), ExitStatus::failed);
  }
  return static_cast<int>(status);
}
