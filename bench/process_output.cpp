// SPDX-License-Identifier: MIT
#include "bench/process_output.hpp"

#include <array>
#include <cstdio>

namespace bench {

std::optional<std::string> output_of(const std::string& command) {
  FILE* output = popen(command.c_str(), "re");
  if (output == nullptr) return std::nullopt;
  std::string text;
  std::array<char, 65536> buffer;
  for (std::size_t size = 0; (size = std::fread(buffer.data(), 1, buffer.size(), output)) > 0;)
    text.append(buffer.data(), size);
  if (pclose(output) != 0) return std::nullopt;
  return text;
}

}  // namespace bench
