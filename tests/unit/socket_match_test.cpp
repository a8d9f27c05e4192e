// SPDX-License-Identifier: MIT
// When the kernel's answer is the socket that was asked for.
#include "model/socket_match.hpp"

#include <gtest/gtest.h>

#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

using model::is_named_by;
using model::serves;

SocketRow row_of(Protocol protocol, const Endpoint& local, const Endpoint& remote) {
  SocketRow row;
  row.protocol = protocol;
  row.local = local;
  row.remote = remote;
  row.cookie = 77;
  return row;
}

const Endpoint kHere = endpoint("10.0.0.1", 80);
const Endpoint kThere = endpoint("10.0.0.2", 5000);
const Endpoint kWildcard = endpoint("0.0.0.0", 80);
const Endpoint kNone = endpoint("0.0.0.0");

TEST(SocketMatch, AConnectionIsNamedByBothItsEndpoints) {
  const SocketRow row = row_of(Protocol::tcp, kHere, kThere);
  EXPECT_TRUE(is_named_by(row, {Protocol::tcp, kHere, kThere}));
  EXPECT_FALSE(is_named_by(row, {Protocol::udp, kHere, kThere}));
  EXPECT_FALSE(is_named_by(row, {Protocol::tcp, kHere, endpoint("10.0.0.2", 5001)}));
  EXPECT_FALSE(is_named_by(row, {Protocol::tcp, kHere, endpoint("10.0.0.3", 5000)}));
  EXPECT_FALSE(is_named_by(row, {Protocol::tcp, endpoint("10.0.0.1", 81), kThere}));
  EXPECT_FALSE(is_named_by(row, {Protocol::tcp, kHere, kNone}));
}

TEST(SocketMatch, AListenerIsNotTheConnectionThatWasAskedFor) {
  const SocketRow listener = row_of(Protocol::tcp, kWildcard, kNone);
  EXPECT_FALSE(is_named_by(listener, {Protocol::tcp, kHere, kThere}));
  EXPECT_FALSE(serves(listener, {Protocol::tcp, kHere, kThere}));
}

TEST(SocketMatch, AMappedAddressIsTheIpv4Address) {
  const SocketRow mapped =
      row_of(Protocol::tcp, endpoint("::ffff:10.0.0.1", 80), endpoint("::ffff:10.0.0.2", 5000));
  EXPECT_TRUE(is_named_by(mapped, {Protocol::tcp, kHere, kThere}));
  EXPECT_TRUE(is_named_by(mapped, key_of(mapped)));
  EXPECT_FALSE(is_named_by(mapped, {Protocol::tcp, endpoint("::10.0.0.1", 80), kThere}));
}

TEST(SocketMatch, TheWildcardsOfBothFamiliesDiffer) {
  const SocketRow row = row_of(Protocol::tcp, endpoint("::", 80), endpoint("::"));
  EXPECT_FALSE(is_named_by(row, {Protocol::tcp, kWildcard, kNone}));
  EXPECT_TRUE(is_named_by(row, {Protocol::tcp, endpoint("::", 80), endpoint("::")}));
}

TEST(SocketMatch, CookieInterfaceAndScopeCountWhereTheKeyHasThem) {
  SocketRow row = row_of(Protocol::tcp, endpoint("fe80::1", 80, 3), endpoint("fe80::2", 5000, 3));
  row.interface = 3;
  SocketKey key = key_of(row);
  EXPECT_TRUE(is_named_by(row, key));
  key.cookie = 78;
  EXPECT_FALSE(is_named_by(row, key));
  key.cookie = 0;
  EXPECT_TRUE(is_named_by(row, key));
  key.interface = 4;
  EXPECT_FALSE(is_named_by(row, key));
  key.interface = 0;
  EXPECT_TRUE(is_named_by(row, key));
  key.local.scope_id = 0;
  EXPECT_TRUE(is_named_by(row, key));
  key.local.scope_id = 4;
  EXPECT_FALSE(is_named_by(row, key));
}

TEST(SocketMatch, AListenerServesItsPortOnEveryAddressThatItIsBoundTo) {
  const SocketKey asked{Protocol::tcp, kHere, kNone};
  EXPECT_TRUE(serves(row_of(Protocol::tcp, kHere, kNone), asked));
  EXPECT_TRUE(serves(row_of(Protocol::tcp, kWildcard, kNone), asked));
  EXPECT_TRUE(serves(row_of(Protocol::tcp, endpoint("::", 80), endpoint("::")), asked));
  EXPECT_FALSE(serves(row_of(Protocol::tcp, endpoint("10.0.0.9", 80), kNone), asked));
  EXPECT_FALSE(serves(row_of(Protocol::tcp, endpoint("0.0.0.0", 81), kNone), asked));
  EXPECT_FALSE(serves(row_of(Protocol::tcp, kHere, kThere), asked));
}

TEST(SocketMatch, AUdpSocketWithoutPeerServesEveryPeer) {
  const SocketKey asked{Protocol::udp, kHere, kThere};
  EXPECT_TRUE(serves(row_of(Protocol::udp, kWildcard, kNone), asked));
  EXPECT_TRUE(serves(row_of(Protocol::udp, kHere, kThere), asked));
  EXPECT_FALSE(serves(row_of(Protocol::udp, kHere, endpoint("10.0.0.2", 5001)), asked));
  SocketKey one = asked;
  one.cookie = 78;
  EXPECT_FALSE(serves(row_of(Protocol::udp, kWildcard, kNone), one));
}

}  // namespace
}  // namespace tcptable::test
