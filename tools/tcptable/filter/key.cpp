// SPDX-License-Identifier: MIT
// The table of keys, and the words of those that have only a few values.
#include "tcptable/filter/key.hpp"

#include <tcptable/owner.hpp>
#include <tcptable/socket_row.hpp>

#include <algorithm>

#include "tcptable/filter/spelling.hpp"

namespace tool::filter {
namespace {

using tcptable::OwnerStatus;
using tcptable::Query;
using tcptable::State;

constexpr std::array<KeyInfo, 49> kKeys{{
    {Key::state, ValueKind::choice, "state", "", {}},
    {Key::protocol, ValueKind::choice, "proto", "protocol", {}},
    {Key::family, ValueKind::choice, "family", "", {}},
    {Key::reason, ValueKind::choice, "reason", "owner_status", {&Query::owners}},
    {Key::port, ValueKind::port, "port", "", {}},
    {Key::local_port, ValueKind::port, "lport", "sport local_port", {}},
    {Key::remote_port, ValueKind::port, "rport", "dport remote_port", {}},
    {Key::net, ValueKind::endpoint, "net", "host addr address", {}},
    {Key::local, ValueKind::endpoint, "local", "src local_address", {}},
    {Key::remote, ValueKind::endpoint, "remote", "dst peer remote_address foreign_address", {}},
    {Key::process,
     ValueKind::text,
     "process",
     "proc name comm process_name",
     {&Query::owners, &Query::holders}},
    {Key::pid, ValueKind::count, "pid", "owning_process", {&Query::owners, &Query::holders}},
    {Key::exe, ValueKind::text, "exe", "path", {&Query::owners, &Query::holders}},
    {Key::cmdline, ValueKind::text, "cmdline", "args command_line", {&Query::owners, &Query::holders}},
    {Key::user, ValueKind::user, "user", "uid owner_uid", {&Query::uids}},
    {Key::unit, ValueKind::text, "unit", "service", {&Query::owners, &Query::cgroups}},
    {Key::slice, ValueKind::text, "slice", "", {&Query::owners, &Query::cgroups}},
    {Key::container, ValueKind::text, "container", "", {&Query::owners, &Query::cgroups}},
    {Key::pod, ValueKind::text, "pod", "pod_uid", {&Query::owners, &Query::cgroups}},
    {Key::cgroup, ValueKind::text, "cgroup", "", {&Query::owners, &Query::cgroups}},
    {Key::netns, ValueKind::text, "netns", "", {}},
    {Key::interface, ValueKind::interface, "iface", "dev interface", {}},
    {Key::inode, ValueKind::count, "inode", "", {&Query::inodes}},
    {Key::cookie, ValueKind::count, "cookie", "sk", {&Query::cookies}},
    {Key::receive_queue, ValueKind::size, "recvq", "receive_queue", {&Query::queues}},
    {Key::send_queue, ValueKind::size, "sendq", "send_queue", {&Query::queues}},
    {Key::backlog, ValueKind::count, "backlog", "", {&Query::queues}},
    {Key::drops, ValueKind::count, "drops", "", {&Query::memory}},
    {Key::receive_buffer, ValueKind::size, "rcvbuf", "receive_buffer", {&Query::memory}},
    {Key::send_buffer, ValueKind::size, "sndbuf", "send_buffer", {&Query::memory}},
    {Key::age, ValueKind::duration, "age", "", {&Query::ages}},
    {Key::start, ValueKind::moment, "start", "started", {&Query::owners}},
    {Key::rtt, ValueKind::duration, "rtt", "", {&Query::tcp_info}},
    {Key::minimum_rtt, ValueKind::duration, "min_rtt", "minimum_rtt", {&Query::tcp_info}},
    {Key::rto, ValueKind::duration, "rto", "", {&Query::tcp_info}},
    {Key::cwnd, ValueKind::count, "cwnd", "", {&Query::tcp_info}},
    {Key::mss, ValueKind::size, "mss", "", {&Query::tcp_info}},
    {Key::bytes_in, ValueKind::size, "bytes_in", "bytes_received", {&Query::tcp_info}},
    {Key::bytes_out, ValueKind::size, "bytes_out", "bytes_acked", {&Query::tcp_info}},
    {Key::retransmissions, ValueKind::count, "retrans", "retransmits", {&Query::tcp_info}},
    {Key::unsent, ValueKind::size, "unsent", "notsent", {&Query::tcp_info}},
    {Key::delivery_rate, ValueKind::rate, "delivery_rate", "", {&Query::tcp_info}},
    {Key::pacing, ValueKind::rate, "pacing", "pacing_rate", {&Query::tcp_info}},
    {Key::busy, ValueKind::duration, "busy", "", {&Query::tcp_info}},
    {Key::window_limited, ValueKind::duration, "rwnd_limited", "", {&Query::tcp_info}},
    {Key::buffer_limited, ValueKind::duration, "sndbuf_limited", "", {&Query::tcp_info}},
    {Key::congestion_control, ValueKind::text, "cc", "congestion_control", {&Query::tcp_info}},
    {Key::ulp, ValueKind::text, "ulp", "", {&Query::tcp_info}},
    {Key::any, ValueKind::text, "any", "", {&Query::owners, &Query::cgroups, &Query::holders}},
}};

// Numbered as the kernel and the library number states: 0 and 12 are none.
constexpr std::array<Choice, 14> kStates{{
    {"", ""},
    {"established", "estab"},
    {"syn_sent", ""},
    {"syn_recv", "syn_rcv syn_rcvd syn_received"},
    {"fin_wait1", ""},
    {"fin_wait2", ""},
    {"time_wait", ""},
    {"close", "closed unconnected unconn"},
    {"close_wait", ""},
    {"last_ack", ""},
    {"listen", "listening listener"},
    {"closing", ""},
    {"", ""},
    {"bound", "bound_inactive"},
}};
constexpr std::array<Choice, 2> kProtocols{{{"tcp", ""}, {"udp", ""}}};
constexpr std::array<Choice, 2> kFamilies{{{"ipv4", "inet ip4 4"}, {"ipv6", "inet6 ip6 6"}}};
constexpr std::array<Choice, tcptable::kOwnerStatusCount> kReasons{{
    {"not_requested", ""},
    {"known", ""},
    {"time_wait", ""},
    {"orphaned", ""},
    {"not_permitted", ""},
    {"other_pid_namespace", ""},
    {"exited", ""},
    {"ambiguous", ""},
    {"kernel", ""},
}};
static_assert(static_cast<int>(OwnerStatus::kernel) == 8);

constexpr std::uint32_t bits(std::initializer_list<State> states) {
  return tcptable::StateSet(states).mask();
}

struct Group {
  std::string_view name;
  std::uint32_t states;
};

// ss(8), STATE-FILTER. A socket that is only bound is connected to nothing.
constexpr std::uint32_t kEveryState = tcptable::StateSet::all().with(State::bound).mask();
constexpr std::uint32_t kConnected = kEveryState & ~bits({State::listen, State::close, State::bound});
constexpr std::uint32_t kBucket = bits({State::time_wait, State::syn_recv});
constexpr std::array<Group, 5> kStateGroups{{
    {"all", kEveryState},
    {"connected", kConnected},
    {"synchronized", kConnected & ~bits({State::syn_sent})},
    {"bucket", kBucket},
    {"big", kEveryState & ~kBucket},
}};

bool names(const Choice& choice, std::string_view spelling) {
  return !choice.name.empty() &&
         (plain_spelling(choice.name) == spelling || is_one_of(choice.aliases, spelling));
}

}  // namespace

std::span<const KeyInfo> all_keys() {
  return kKeys;
}

const KeyInfo& info(Key key) {
  return kKeys[static_cast<std::size_t>(key)];
}

void ask_for(Key key, Query& query) {
  for (const Wish wish : info(key).needs) {
    if (wish != nullptr) query.*wish = true;
  }
  if (key == Key::netns) query.namespaces = tcptable::Namespaces::all;
}

std::optional<Key> find_key(std::string_view word) {
  const std::string spelling = plain_spelling(word);
  for (const KeyInfo& key : kKeys) {
    if (plain_spelling(key.name) == spelling || is_one_of(key.aliases, spelling)) return key.key;
  }
  return std::nullopt;
}

std::span<const Choice> choices(Key key) {
  switch (key) {
    case Key::state:
      return kStates;
    case Key::protocol:
      return kProtocols;
    case Key::family:
      return kFamilies;
    case Key::reason:
      return kReasons;
    default:
      return {};
  }
}

std::uint32_t all_choices(Key key) {
  std::uint32_t all = 0;
  const auto words = choices(key);
  for (std::size_t i = 0; i < words.size(); ++i) all |= words[i].name.empty() ? 0U : 1U << i;
  return all;
}

std::optional<std::uint32_t> find_choice(Key key, std::string_view word) {
  const std::string spelling = plain_spelling(word);
  const auto words = choices(key);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (names(words[i], spelling)) return 1U << i;
  }
  if (spelling == "none") return 0;
  for (const Group& group : kStateGroups) {
    if (key == Key::state && spelling == group.name) return group.states;
  }
  return std::nullopt;
}

}  // namespace tool::filter
