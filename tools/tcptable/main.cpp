// SPDX-License-Identifier: MIT
// The tool: options, one snapshot, output, exit status.
#include <tcptable/tcptable.hpp>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>

#include <unistd.h>

#include "tcptable/json_output.hpp"
#include "tcptable/options.hpp"
#include "tcptable/order.hpp"
#include "tcptable/summary.hpp"
#include "tcptable/table_output.hpp"

namespace {

enum ExitStatus { kFound = 0, kNothing = 1, kUsage = 2, kPartial = 3, kNotPermitted = 4 };

// A closed pipe ends the program quietly by SIGPIPE; every other failure (a full disk) is said and is no
// success.
bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

int fail(const std::string& why, int status) {
  write_all(STDERR_FILENO, "tcptable: " + why + "\n");
  return status;
}

int print(const tcptable::Snapshot& snapshot, const tool::Options& options) {
  tool::Names names(options.resolve);
  const auto rows = tool::ordered_rows(snapshot, options, names);
  const std::string text =
      options.json ? tool::json_text(snapshot, rows) : tool::table_text(snapshot, rows, options, names);
  if (!write_all(STDOUT_FILENO, text))
    return fail(std::string("standard output: ") + std::strerror(errno), kUsage);
  write_all(STDERR_FILENO, tool::closing_line(rows));
  if (options.strict && tool::is_partial(snapshot)) return kPartial;
  return rows.empty() ? kNothing : kFound;
}

int run(int count, const char* const* words) {
  const auto parsed = tool::parse_options(count, words);
  if (const auto* exit = std::get_if<tool::EarlyExit>(&parsed)) {
    const bool written = write_all(exit->status == 0 ? STDOUT_FILENO : STDERR_FILENO, exit->text);
    return written ? exit->status : kUsage;
  }
  const auto& options = std::get<tool::Options>(parsed);
  const auto snapshot = tcptable::take_snapshot(options.query);
  if (!snapshot) {
    const bool refused = snapshot.error().code == tcptable::Errc::not_permitted;
    return fail(to_string(snapshot.error()), refused ? kNotPermitted : kUsage);
  }
  return print(*snapshot, options);
}

}  // namespace

int main(int count, char** words) {
  // A parent may have left SIGPIPE ignored; `tcptable | head` shall end quietly all the same.
  std::signal(SIGPIPE, SIG_DFL);
  try {
    return run(count, words);
  } catch (const std::exception& error) {
    return fail(error.what(), kUsage);
  }
}
