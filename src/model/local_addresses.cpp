// SPDX-License-Identifier: MIT
#include "model/local_addresses.hpp"

#include <algorithm>
#include <string>

namespace tcptable::model {
namespace {

std::string_view without_indent(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return line;
}

std::string_view next_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

}  // namespace

// "|-- 172.17.0.2", and below it what is routed there: "/32 host LOCAL".
bool lists_local_ipv4(std::string_view fib_trie, const Endpoint& endpoint) {
  const std::string leaf = "|-- " + address_text(endpoint);
  bool below_leaf = false;
  while (!fib_trie.empty()) {
    const std::string_view line = without_indent(next_line(fib_trie));
    if (below_leaf && line == "/32 host LOCAL") return true;
    if (!line.starts_with('/')) below_leaf = line == leaf;
  }
  return false;
}

// "fe800000000000000000000000000001 02 40 20 80     eth0"
bool lists_local_ipv6(std::string_view if_inet6, const Endpoint& endpoint) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string address;
  for (const std::uint8_t byte : endpoint.address) {
    address += kDigits[byte >> 4];
    address += kDigits[byte & 15];
  }
  while (!if_inet6.empty()) {
    if (next_line(if_inet6).starts_with(address + ' ')) return true;
  }
  return false;
}

}  // namespace tcptable::model
