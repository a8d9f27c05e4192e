// SPDX-License-Identifier: MIT
#include "backend/procfs/net_table.hpp"

#include <charconv>
#include <cstring>
#include <optional>

#include "model/row_rules.hpp"

namespace tcptable::backend {
namespace {

// Takes the next field, ended by blanks or one of " :", off the front of a line.
class Fields {
 public:
  explicit Fields(std::string_view line) : rest_(line) {}

  std::string_view next() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size()));
    const std::string_view field = rest_.substr(0, rest_.find_first_of(" :"));
    rest_.remove_prefix(std::min(field.size() + 1, rest_.size()));
    return field;
  }

  template <typename T>
  bool number(T& value, int base) {
    return parse(next(), value, base);
  }

  template <typename T>
  static bool parse(std::string_view text, T& value, int base) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc{} && end == text.data() + text.size() && !text.empty();
  }

 private:
  std::string_view rest_;
};

// An address is printed as 32-bit words in the byte order of the machine.
bool parse_endpoint(Fields& fields, Family family, Endpoint& endpoint) {
  const std::string_view hex = fields.next();
  const std::size_t words = family == Family::ipv4 ? 1 : 4;
  endpoint.family = family;
  if (hex.size() != words * 8) return false;
  for (std::size_t i = 0; i < words; ++i) {
    std::uint32_t word = 0;
    if (!Fields::parse(hex.substr(i * 8, 8), word, 16)) return false;
    std::memcpy(endpoint.address.data() + i * 4, &word, sizeof word);
  }
  return fields.number(endpoint.port, 16);
}

std::optional<State> state_from(std::uint8_t number, Protocol protocol) {
  constexpr std::uint8_t kNewSynRecv = 12;
  if (number == kNewSynRecv) return State::syn_recv;
  if (number < 1 || number > 11) return std::nullopt;
  if (protocol == Protocol::tcp && number == static_cast<std::uint8_t>(State::close)) return State::bound;
  return static_cast<State>(number);
}

std::optional<SocketRow> parse_line(std::string_view line, Table table) {
  Fields fields(line);
  SocketRow row;
  std::uint8_t state = 0;
  std::uint32_t uid = 0;
  row.protocol = table.protocol;
  fields.next();  // sl
  if (!parse_endpoint(fields, table.family, row.local) || !parse_endpoint(fields, table.family, row.remote)) {
    return std::nullopt;
  }
  if (!fields.number(state, 16) || !fields.number(row.send_queue, 16) ||
      !fields.number(row.receive_queue, 16)) {
    return std::nullopt;
  }
  for (const char* skipped : {"tr", "when", "retrnsmt"}) {
    if (static_cast<void>(skipped), fields.next().empty()) return std::nullopt;
  }
  if (!fields.number(uid, 10) || fields.next().empty() || !fields.number(row.inode, 10)) return std::nullopt;
  const auto known = state_from(state, table.protocol);
  if (!known) return std::nullopt;
  row.state = *known;
  row.uid = model::known_uid(row.state, row.inode, uid);
  return row;
}

template <typename Use>
void for_each_line(std::string_view text, const Use& use) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    use(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

Result<std::vector<SocketRow>> parse_net_table(std::string_view text, Table table) {
  std::vector<SocketRow> rows;
  bool heading = true;
  bool malformed = false;
  for_each_line(text, [&](std::string_view line) {
    if (std::exchange(heading, false)) return;
    auto row = parse_line(line, table);
    malformed = malformed || !row;
    if (row) rows.push_back(*row);
  });
  if (malformed) return tl::unexpected(Error{Errc::malformed_reply, Step::read_net_table, 0});
  return rows;
}

std::vector<InterfaceAddress> parse_if_inet6(std::string_view text) {
  std::vector<InterfaceAddress> interfaces;
  for_each_line(text, [&](std::string_view line) {
    Fields fields(line);
    InterfaceAddress entry{};
    const std::string_view hex = fields.next();
    bool good = hex.size() == entry.address.size() * 2;
    for (std::size_t i = 0; good && i < entry.address.size(); ++i) {
      good = Fields::parse(hex.substr(i * 2, 2), entry.address[i], 16);
    }
    if (good && fields.number(entry.interface, 16)) interfaces.push_back(entry);
  });
  return interfaces;
}

void set_scope_ids(std::vector<SocketRow>& rows, const std::vector<InterfaceAddress>& interfaces) {
  for (SocketRow& row : rows) {
    if (!model::is_link_local(row.local)) continue;
    std::uint32_t scope = 0;
    int found = 0;
    for (const InterfaceAddress& entry : interfaces) {
      if (entry.address != row.local.address) continue;
      scope = entry.interface;
      ++found;
    }
    if (found != 1) continue;
    row.local.scope_id = scope;
    if (model::is_link_local(row.remote)) row.remote.scope_id = scope;
  }
}

}  // namespace tcptable::backend
