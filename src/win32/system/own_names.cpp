// SPDX-License-Identifier: MIT
#include "win32/system/own_names.hpp"

#include "win32/process/proc_text.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <vector>

namespace tcptable::win32 {
namespace {

char capital(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

// As the C run-time library of Windows takes a line apart: a quote in an argument has a backslash before it,
// and backslashes before a quote are doubled.
void append_quoted(std::string& line, std::string_view argument) {
  std::size_t backslashes = 0;
  line += '"';
  for (const char character : argument) {
    if (character == '"') line.append(backslashes + 1, '\\');
    backslashes = character == '\\' ? backslashes + 1 : 0;
    line += character;
  }
  line.append(backslashes, '\\');
  line += '"';
}

}  // namespace

OrCode<std::string> computer_name() {
  std::array<char, HOST_NAME_MAX + 1> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) return tl::unexpected(windows_code(errno));
  std::string name = host.data();
  name.resize(std::min({name.find('.'), name.size(), std::size_t{MAX_COMPUTERNAME_LENGTH}}));
  std::ranges::transform(name, name.begin(), capital);
  return name;
}

std::optional<std::string> user_name_of(uid_t user) {
  std::vector<char> texts(1024);
  passwd entry{};
  passwd* found = nullptr;
  while (::getpwuid_r(user, &entry, texts.data(), texts.size(), &found) == ERANGE)
    texts.resize(texts.size() * 2);
  if (found == nullptr) return std::nullopt;
  return found->pw_name;
}

OrCode<std::string> user_name() {
  return user_name_of(::geteuid()).value_or(std::to_string(::geteuid()));
}

std::string command_line(std::string_view arguments) {
  std::string line;
  while (!arguments.empty()) {
    const std::string_view argument = arguments.substr(0, arguments.find('\0'));
    arguments.remove_prefix(std::min(argument.size() + 1, arguments.size()));
    if (!line.empty()) line += ' ';
    if (argument.empty() || argument.find_first_of(" \t\n\v\"") != std::string_view::npos)
      append_quoted(line, argument);
    else
      line += argument;
  }
  return line;
}

OrCode<std::string> own_command_line() {
  const auto arguments = read_proc_text(GetCurrentProcessId(), "cmdline");
  if (!arguments) return tl::unexpected(windows_code(arguments.error()));
  return command_line(*arguments);
}

}  // namespace tcptable::win32
