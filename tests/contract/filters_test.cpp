// SPDX-License-Identifier: MIT
// A filtered snapshot has the rows of a whole one that match, no more and no less, by every backend.
#include <algorithm>
#include <random>

#include "contract/snapshot_fixture.hpp"
#include "support/network_namespace.hpp"
#include "support/socket_states.hpp"

namespace tcptable::test {
namespace {

class Filters : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, Filters, ::testing::Values("bpf", "sock_diag", "procfs"), backend_of);

AddressPrefix prefix(const std::string& address, int length) {
  const Endpoint parsed = endpoint(address);
  return {parsed.address, static_cast<std::uint8_t>(length), parsed.family};
}

Query filtered(const SocketFilter& filter) {
  Query query = everything();
  query.filter = filter;
  query.owners = false;
  return query;
}

// The lines that a whole table leaves when it is filtered by `matches`.
std::vector<std::string> expected_lines(const Snapshot& whole, const SocketFilter& filter) {
  Snapshot::Parts parts;
  for (const SocketRow& row : whole.rows()) {
    if (matches(filter, row)) parts.rows.push_back(row);
  }
  return describe_rows(Snapshot(std::move(parts)));
}

// Returns how many rows passed.
std::size_t expect_exact(const Snapshot& whole, const SocketFilter& filter) {
  const Snapshot some = snapshot_of(filtered(filter));
  EXPECT_EQ(describe_rows(some), expected_lines(whole, filter));
  return some.rows().size();
}

// Sockets of both families in every state, mapped ones, and UDP.
struct Crowd {
  std::vector<HeldState> held = hold_every_state();
  Fd dual = listen_on(endpoint("::"));
  Fd mapped_client = open_socket(Family::ipv4, SOCK_STREAM);
  Fd mapped_server;
  Fd udp = open_socket(Family::ipv6, SOCK_DGRAM);

  Crowd() {
    connect_to(mapped_client.get(), endpoint("127.0.0.1", local_endpoint(dual.get()).port));
    mapped_server = Fd(check(::accept(dual.get(), nullptr, nullptr), "accept"));
    bind_to(udp.get(), loopback(Family::ipv6));
  }
};

TEST_P(Filters, APortIsTheLocalOrTheRemoteOne) {
  const Crowd crowd;
  const Snapshot whole = snapshot_of(everything());
  const std::uint16_t port = local_endpoint(crowd.dual.get()).port;
  SocketFilter filter;
  filter.port = PortRange::only(port);
  EXPECT_EQ(expect_exact(whole, filter), 3U);
  filter = {};
  filter.local_port = PortRange::only(port);
  EXPECT_EQ(expect_exact(whole, filter), 2U);
  filter = {};
  filter.remote_port = PortRange::only(port);
  EXPECT_EQ(expect_exact(whole, filter), 1U);
}

// More than any backend makes room for at first.
TEST_P(Filters, EveryRowThatMatchesIsThereHoweverManyThereAre) {
  constexpr std::size_t kConnections = 1200;
  if (!allow_descriptors(2 * kConnections + 64)) GTEST_SKIP() << "needs a hard RLIMIT_NOFILE of 2464";
  const Fd listener = listen_on(loopback(Family::ipv4));
  std::vector<Connection> connections;
  for (std::size_t i = 0; i < kConnections; ++i) connections.push_back(make_connection(listener));
  SocketFilter filter;
  filter.port = PortRange::only(local_endpoint(listener.get()).port);
  Query query = filtered(filter);
  query.cgroups = true;
  const Snapshot some = snapshot_of(query);
  EXPECT_EQ(some.rows().size(), 2 * kConnections + 1);
  EXPECT_EQ(describe_rows(some), expected_lines(snapshot_of(everything()), filter));
}

TEST_P(Filters, AnIpv4PrefixHasTheMappedAddressesToo) {
  const Crowd crowd;
  const Snapshot whole = snapshot_of(everything());
  SocketFilter filter;
  filter.port = PortRange::only(local_endpoint(crowd.dual.get()).port);
  filter.local_address = prefix("127.0.0.0", 8);
  EXPECT_EQ(expect_exact(whole, filter), 2U);
  filter.local_address = prefix("::ffff:127.0.0.0", 104);
  EXPECT_EQ(expect_exact(whole, filter), 1U);
  filter.local_address = prefix("::", 0);
  EXPECT_EQ(expect_exact(whole, filter), 2U);
}

TEST_P(Filters, EachEdgeOfARangeAndAPrefixIsExact) {
  const Fd listener = listen_on(loopback(Family::ipv4, 40000));
  const Snapshot whole = snapshot_of(everything());
  SocketFilter filter;
  const auto passes = [&] { return expect_exact(whole, filter) == 1; };
  for (const auto& [range, expected] : std::vector<std::pair<PortRange, bool>>{{{40000, 40000}, true},
                                                                               {{39999, 40001}, true},
                                                                               {{40001, 65535}, false},
                                                                               {{0, 39999}, false},
                                                                               {{40001, 39999}, false}}) {
    filter.local_port = range;
    EXPECT_EQ(passes(), expected) << range.first << "-" << range.last;
  }
  filter = {};
  for (const auto& [address, length, expected] :
       std::vector<std::tuple<std::string, int, bool>>{{"127.0.0.1", 32, true},
                                                       {"127.0.0.0", 32, false},
                                                       {"127.0.0.0", 31, true},
                                                       {"126.0.0.0", 7, true},
                                                       {"0.0.0.0", 0, true},
                                                       {"128.0.0.0", 1, false},
                                                       {"::1", 128, false}}) {
    filter.local_address = prefix(address, length);
    EXPECT_EQ(passes(), expected) << address << "/" << length;
  }
}

TEST_P(Filters, AnyConjunctionGivesWhatMatches) {
  const Crowd crowd;
  const Snapshot whole = snapshot_of(everything());
  std::mt19937 random(7);
  const auto rows = whole.rows();
  const auto maybe = [&](auto value) { return random() % 3 == 0 ? std::optional(value) : std::nullopt; };
  const auto some_port = [&]() -> PortRange {
    const SocketRow& row = rows[random() % rows.size()];
    const std::uint16_t port = random() % 2 == 0 ? row.local.port : row.remote.port;
    return random() % 2 == 0 ? PortRange::only(port)
                             : PortRange{port, static_cast<std::uint16_t>(port + 9999)};
  };
  const auto some_prefix = [&]() -> AddressPrefix {
    const Endpoint& of = rows[random() % rows.size()].local;
    const unsigned bits = of.family == Family::ipv4 ? 32 : 128;
    return {of.address, static_cast<std::uint8_t>(bits - random() % (bits / 4)), of.family};
  };
  std::size_t passed = 0;
  for (int i = 0; i < 200; ++i) {
    SCOPED_TRACE(i);
    passed += expect_exact(whole, {maybe(some_port()), maybe(some_port()), maybe(some_port()),
                                   maybe(some_prefix()), maybe(some_prefix()), maybe(some_prefix())});
  }
  EXPECT_GT(passed, 200U);  // else nearly nothing was compared
}

TEST_P(Filters, CountingCountsWhatPasses) {
  const Crowd crowd;
  Query query = what_can_be_listed(filtered({}));
  query.filter.port = PortRange::only(local_endpoint(crowd.dual.get()).port);
  EXPECT_EQ(count_sockets(query), 3U);
}

TEST_P(Filters, OwnersAreFoundAlsoOfConnectionsWhoseListenerIsFilteredOut) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), local_endpoint(listener.get()));
  Query query = everything();
  query.filter.remote_port = PortRange::only(local_endpoint(client.get()).port);
  const Snapshot snapshot = snapshot_of(query);
  ASSERT_EQ(snapshot.rows().size(), 1U);
  const Process* owner = snapshot.owner(snapshot.rows()[0]);
  ASSERT_NE(owner, nullptr) << to_string(snapshot.rows()[0].owner_status);
  EXPECT_EQ(owner->pid, ::getpid());
}

TEST_P(Filters, APrefixLongerThanItsAddressIsInvalid) {
  for (const auto& [address, length] : {std::pair("127.0.0.1", 33), std::pair("::1", 129)}) {
    SocketFilter filter;
    filter.address = prefix(address, length);
    const auto snapshot = take_snapshot(what_can_be_listed(filtered(filter)));
    ASSERT_FALSE(snapshot);
    EXPECT_EQ(snapshot.error().code, Errc::invalid_argument);
  }
}

}  // namespace
}  // namespace tcptable::test
