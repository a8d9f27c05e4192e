// SPDX-License-Identifier: MIT
// inet_pton for what it knows, and the forms around it.
#include "tcptable/filter/endpoint_pattern.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

#include "tcptable/filter/number.hpp"

namespace tool::filter {
namespace {

using tcptable::Family;

constexpr std::uint64_t kLastPort = 65535;
constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_mapped(const std::array<std::uint8_t, 16>& address) {
  return std::equal(kMapped.begin(), kMapped.end(), address.begin());
}

// Removes and returns what stands before `separator`, and removes that too; all of it where there is none.
std::string_view take_until(std::string_view& text, char separator) {
  const std::string_view head = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(text.size(), head.size() + 1));
  return head;
}

unsigned width(Family family) {
  return family == Family::ipv4 ? 32 : 128;
}

void clear_behind(std::array<std::uint8_t, 16>& address, unsigned bits) {
  for (unsigned i = 0; i < address.size(); ++i) {
    const unsigned kept = std::min(8U, bits - std::min(bits, i * 8));
    address[i] = static_cast<std::uint8_t>(address[i] & (0xff00U >> kept));
  }
}

// "10" and "10.1" before a prefix length: "10.0.0.0" and "10.1.0.0".
std::string with_zeros(std::string_view address) {
  std::string full(address);
  for (auto dots = std::count(address.begin(), address.end(), '.'); dots < 3; ++dots) full += ".0";
  return full;
}

std::optional<Prefix> parse_address(std::string_view text, bool has_length, const NameLookup& names) {
  Prefix prefix;
  const std::string_view zone_and_all = text;
  const std::string address(take_until(text, '%'));
  const bool is_ipv6 = address.find(':') != std::string::npos;
  const std::string full = is_ipv6 || !has_length ? address : with_zeros(address);
  prefix.family = is_ipv6 ? Family::ipv6 : Family::ipv4;
  prefix.bits = static_cast<std::uint8_t>(width(prefix.family));
  if (inet_pton(is_ipv6 ? AF_INET6 : AF_INET, full.c_str(), prefix.address.data()) != 1) return std::nullopt;
  if (address.size() == zone_and_all.size()) return prefix;
  const auto number = parse_digits(text, UINT32_MAX);
  const auto index =
      number ? static_cast<std::uint32_t>(*number) : names.index_of_interface(std::string(text)).value_or(0);
  if (!is_ipv6 || index == 0) return std::nullopt;
  prefix.scope_id = index;
  return prefix;
}

// ::ffff:10.0.0.0/104 is 10.0.0.0/8.
void unmap(Prefix& prefix) {
  if (prefix.family == Family::ipv4 || prefix.bits < 96 || !is_mapped(prefix.address)) return;
  std::rotate(prefix.address.begin(), prefix.address.begin() + 12, prefix.address.end());
  prefix.bits = static_cast<std::uint8_t>(prefix.bits - 96);
  prefix.family = Family::ipv4;
  clear_behind(prefix.address, prefix.bits);
}

std::optional<Prefix> parse_prefix(std::string_view address, std::optional<std::string_view> length,
                                   const NameLookup& names) {
  auto prefix = parse_address(address, length.has_value(), names);
  if (!prefix || !length) return prefix;
  const auto bits = parse_digits(*length, width(prefix->family));
  if (!bits) return std::nullopt;
  prefix->bits = static_cast<std::uint8_t>(*bits);
  clear_behind(prefix->address, prefix->bits);
  return prefix;
}

// The parts of "[ADDRESS]/LENGTH:PORTS", as far as they are there.
struct Parts {
  std::string_view address;
  std::optional<std::string_view> length;
  std::optional<std::string_view> ports;
};

Parts split(std::string_view text) {
  Parts parts;
  const bool bracketed = text.starts_with('[') && text.find(']') != std::string_view::npos;
  if (bracketed) {
    text.remove_prefix(1);
    parts.address = take_until(text, ']');
    if (const auto slash = parts.address.find('/'); slash != std::string_view::npos) {
      parts.length = parts.address.substr(slash + 1);
      parts.address = parts.address.substr(0, slash);
    }
  }
  const bool bare_ipv6 = !bracketed && std::count(text.begin(), text.end(), ':') > 1;
  const auto colon = bare_ipv6 ? std::string_view::npos : text.find(':');
  if (colon != std::string_view::npos) {
    parts.ports = text.substr(colon + 1);
    text = text.substr(0, colon);
  }
  const auto slash = text.find('/');
  if (slash != std::string_view::npos) parts.length = text.substr(slash + 1);
  if (!bracketed) parts.address = text.substr(0, slash);
  return parts;
}

// What stands between ']' and the port may only be a prefix length.
bool has_stray_text(std::string_view text) {
  const auto bracket = text.find(']');
  if (!text.starts_with('[') || bracket == std::string_view::npos || bracket + 1 == text.size()) return false;
  return text[bracket + 1] != ':' && text[bracket + 1] != '/';
}

std::optional<Family> take_family(std::string_view& text) {
  for (const auto& [word, family] : {std::pair{"inet:", Family::ipv4}, std::pair{"inet6:", Family::ipv6}}) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(std::string_view(word).size());
    return family;
  }
  return std::nullopt;
}

bool is_any(std::string_view address) {
  return address.empty() || address == "*" || address == "any" || address == "all" || address == "default";
}

}  // namespace

std::optional<Range> parse_ports(std::string_view text, const NameLookup& names) {
  if (const auto port = parse_digits(text, kLastPort)) return Range{*port, *port};
  if (text.find('\0') == std::string_view::npos) {
    if (const auto port = names.port_of_service(std::string(text))) return Range{*port, *port};
  }
  std::string_view last = text;
  const std::string_view first = take_until(last, '-');
  if (first.size() == text.size() || text.size() == 1) return std::nullopt;
  const auto from = first.empty() ? 0 : parse_digits(first, kLastPort);
  const auto to = last.empty() ? kLastPort : parse_digits(last, kLastPort);
  if (!from || !to || *from > *to) return std::nullopt;
  return Range{*from, *to};
}

std::optional<EndpointPattern> parse_endpoint(std::string_view text, const NameLookup& names) {
  const auto family = take_family(text);
  if (text.empty() || text.find('\0') != std::string_view::npos || has_stray_text(text)) return std::nullopt;
  const Parts parts = split(text);
  EndpointPattern pattern;
  if (parts.ports && *parts.ports != "*") {
    pattern.ports = parse_ports(*parts.ports, names);
    if (!pattern.ports) return std::nullopt;
  }
  if (!is_any(parts.address) || parts.length) {
    pattern.prefix = parse_prefix(parts.address, parts.length, names);
    if (!pattern.prefix || (family && pattern.prefix->family != *family)) return std::nullopt;
    unmap(*pattern.prefix);
  } else if (family) {
    pattern.prefix = Prefix{{}, 0, *family, 0};
  }
  return pattern;
}

bool looks_like_address(std::string_view text) {
  class NoNames final : public NameLookup {
    std::optional<std::uint16_t> port_of_service(const std::string&) const override { return 1; }
    std::optional<std::uint32_t> uid_of_user(const std::string&) const override { return 1; }
    std::optional<std::uint32_t> index_of_interface(const std::string&) const override { return 1; }
  };
  const auto pattern = parse_endpoint(text, NoNames());
  return pattern && pattern->prefix;
}

bool fits(const Prefix& prefix, const tcptable::Endpoint& endpoint) {
  const bool mapped = endpoint.family == Family::ipv6 && is_mapped(endpoint.address);
  std::size_t offset = 0;
  if (prefix.family != endpoint.family) {
    if (!mapped) return false;
    offset = 12;
  }
  if (prefix.scope_id != 0 && prefix.scope_id != endpoint.scope_id) return false;
  const std::size_t whole = prefix.bits / 8;
  const auto* address = endpoint.address.data() + offset;
  if (!std::equal(address, address + whole, prefix.address.begin())) return false;
  const unsigned rest = prefix.bits % 8;
  return rest == 0 || (address[whole] & (0xff00U >> rest) & 0xffU) == prefix.address[whole];
}

bool fits(const EndpointPattern& pattern, const tcptable::Endpoint& endpoint) {
  if (pattern.ports && (endpoint.port < pattern.ports->first || endpoint.port > pattern.ports->last))
    return false;
  return !pattern.prefix || fits(*pattern.prefix, endpoint);
}

}  // namespace tool::filter
