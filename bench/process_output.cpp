// SPDX-License-Identifier: MIT
#include "bench/process_output.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <string_view>

namespace bench {
namespace {

template <typename Take>
bool read_output(const std::string& command, const Take& take) {
  FILE* output = popen(command.c_str(), "re");
  if (output == nullptr) return false;
  std::array<char, 65536> buffer;
  for (ssize_t size = 0; (size = read(fileno(output), buffer.data(), buffer.size())) > 0;)
    take(std::string_view(buffer.data(), static_cast<std::size_t>(size)));
  return pclose(output) == 0;
}

}  // namespace

std::optional<std::string> output_of(const std::string& command) {
  std::string text;
  const bool succeeded = read_output(command, [&](std::string_view part) { text += part; });
  return succeeded ? std::optional(text) : std::nullopt;
}

bool runs(const std::string& command) {
  return read_output(command, [](std::string_view) {});
}

}  // namespace bench
