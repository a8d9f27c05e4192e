// SPDX-License-Identifier: MIT
#include <cstdlib>
#include <sstream>

#include "bench/contender.hpp"
#include "bench/process_output.hpp"

namespace bench {
namespace {

pid_t number_behind(const std::string& line, const char* mark) {
  const std::size_t at = line.find(mark);
  return at == std::string::npos ? 0 : std::atoi(line.c_str() + at + std::char_traits<char>::length(mark));
}

// users:(("name",pid=123,fd=4))
pid_t pid_in_ss_line(const std::string& line) {
  return number_behind(line, "pid=");
}

// tcp 0 0 127.0.0.2:4000 127.0.0.1:1234 ESTABLISHED 123/name
pid_t pid_in_netstat_line(const std::string& line) {
  return number_behind(line, "ESTABLISHED ");
}

// name 123 root 4u IPv4 ...: names of the farm's processes have no blank
pid_t pid_in_lsof_line(const std::string& line) {
  return number_behind(line, " ");
}

bool is_installed(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace

Contender program(std::string name, std::string command, LineFormat format) {
  auto answer_of = [command, format]() -> std::optional<Answer> {
    const std::optional<std::string> output = output_of(command);
    if (!output) return std::nullopt;
    Answer answer;
    if (format.pid_of) answer.by_owner.emplace();
    std::istringstream lines(*output);
    for (std::string line; std::getline(lines, line);) {
      if (line.find(format.established) == std::string::npos) continue;
      ++answer.established;
      if (format.pid_of) ++(*answer.by_owner)[format.pid_of(line)];
    }
    return answer;
  };
  return {std::move(name), std::move(answer_of), [command] { return runs(command); }};
}

std::vector<Contender> rival_programs() {
  std::vector<Contender> found;
  if (is_installed("ss")) {
    found.push_back(program("ss -tan (process)", "ss -4tan", {"ESTAB", {}}));
    found.push_back(program("ss -tanp (process)", "ss -4tanp", {"ESTAB", pid_in_ss_line}));
  }
  if (is_installed("netstat")) {
    found.push_back(program("netstat -tanp (process)", "netstat -4tanp 2>/dev/null",
                            {" ESTABLISHED ", pid_in_netstat_line}));
  }
  if (is_installed("lsof")) {
    found.push_back(program("lsof -nP -iTCP (process)", "lsof -nP -i4TCP 2>/dev/null",
                            {"(ESTABLISHED)", pid_in_lsof_line}));
  }
  return found;
}

}  // namespace bench
