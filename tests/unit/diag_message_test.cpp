// SPDX-License-Identifier: MIT
// One sock_diag message: every length and attribute right, short, absent, past its end.
#include "backend/sock_diag/diag_message.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

using backend::parse_diag_message;

inet_diag_msg established4() {
  inet_diag_msg message{};
  message.idiag_family = AF_INET;
  message.idiag_state = 1;
  message.id.idiag_sport = htons(8080);
  message.id.idiag_dport = htons(50000);
  message.id.idiag_src[0] = htonl(0x7f000001);
  message.id.idiag_dst[0] = htonl(0x0a000002);
  message.id.idiag_cookie[0] = 0x89abcdef;
  message.id.idiag_cookie[1] = 0x01234567;
  message.id.idiag_if = 3;
  message.idiag_inode = 4711;
  message.idiag_uid = 1000;
  message.idiag_rqueue = 5;
  message.idiag_wqueue = 6;
  return message;
}

std::vector<std::byte> bytes_of(const inet_diag_msg& message) {
  const auto bytes = std::as_bytes(std::span(&message, 1));
  return {bytes.begin(), bytes.end()};
}

void append(std::vector<std::byte>& bytes, std::span<const std::byte> more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
  bytes.resize(NLMSG_ALIGN(bytes.size()));
}

// An attribute whose length field may lie.
void append_attribute(std::vector<std::byte>& bytes, std::uint16_t type, std::span<const std::byte> value,
                      int lie = 0) {
  nlattr header{};
  header.nla_type = type;
  header.nla_len = static_cast<std::uint16_t>(static_cast<int>(sizeof header + value.size()) + lie);
  append(bytes, std::as_bytes(std::span(&header, 1)));
  append(bytes, value);
}

struct Ages {
  std::uint32_t data_sent = 0;
  std::uint32_t data_received = 0;
  std::uint32_t ack_received = 0;
};

// The bound that a socket gets from these ages, each of which has happened unless it is 0.
std::uint32_t minimum_age(State state, const Ages& ages, std::size_t size = sizeof(tcp_info)) {
  tcp_info info{};
  info.tcpi_last_data_sent = ages.data_sent;
  info.tcpi_last_data_recv = ages.data_received;
  info.tcpi_last_ack_recv = ages.ack_received;
  info.tcpi_data_segs_out = ages.data_sent != 0 ? 1 : 0;
  info.tcpi_data_segs_in = ages.data_received != 0 ? 1 : 0;
  info.tcpi_segs_in = ages.ack_received != 0 ? 1 : 0;
  inet_diag_msg message = established4();
  message.idiag_state = static_cast<std::uint8_t>(state);
  auto bytes = bytes_of(message);
  append_attribute(bytes, INET_DIAG_INFO, std::as_bytes(std::span(&info, 1)).first(size));
  const auto row = parse_diag_message(bytes, Protocol::tcp);
  EXPECT_TRUE(row);
  return row ? row->minimum_age_ms : UINT32_MAX;
}

TEST(DiagMessage, EveryFieldReachesTheRow) {
  const auto row = parse_diag_message(bytes_of(established4()), Protocol::tcp);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->local, endpoint("127.0.0.1", 8080));
  EXPECT_EQ(row->remote, endpoint("10.0.0.2", 50000));
  EXPECT_EQ(row->cookie, 0x0123456789abcdefU);
  EXPECT_EQ(row->inode, 4711U);
  EXPECT_EQ(row->uid, 1000U);
  EXPECT_EQ(row->receive_queue, 5U);
  EXPECT_EQ(row->send_queue, 6U);
  EXPECT_EQ(row->interface, 3U);
  EXPECT_EQ(row->state, State::established);
  EXPECT_EQ(row->protocol, Protocol::tcp);
  EXPECT_EQ(row->minimum_age_ms, 0U);
}

TEST(DiagMessage, AnIpv4RowIgnoresWhatStandsBehindItsFourBytes) {
  inet_diag_msg message = established4();
  message.id.idiag_src[3] = 0xffffffff;
  const auto row = parse_diag_message(bytes_of(message), Protocol::tcp);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->local, endpoint("127.0.0.1", 8080));
}

TEST(DiagMessage, OnlyLinkLocalAddressesHaveAScope) {
  inet_diag_msg message = established4();
  message.idiag_family = AF_INET6;
  ::inet_pton(AF_INET6, "fe80::1", message.id.idiag_src);
  ::inet_pton(AF_INET6, "2001:db8::1", message.id.idiag_dst);
  const auto row = parse_diag_message(bytes_of(message), Protocol::tcp);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->local, endpoint("fe80::1", 8080, 3));
  EXPECT_EQ(row->remote, endpoint("2001:db8::1", 50000));
}

TEST(DiagMessage, AnyShorterMessageIsMalformed) {
  const auto whole = bytes_of(established4());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    SCOPED_TRACE(size);
    const auto row = parse_diag_message(std::span(whole).first(size), Protocol::tcp);
    ASSERT_FALSE(row);
    EXPECT_EQ(row.error().code, Errc::malformed_reply);
  }
}

TEST(DiagMessage, AnotherFamilyIsMalformed) {
  inet_diag_msg message = established4();
  message.idiag_family = AF_UNIX;
  EXPECT_FALSE(parse_diag_message(bytes_of(message), Protocol::tcp));
}

TEST(DiagMessage, StatesThatTheKernelDoesNotReportAreMalformed) {
  inet_diag_msg message = established4();
  for (int state = 0; state < 256; ++state) {
    SCOPED_TRACE(state);
    message.idiag_state = static_cast<std::uint8_t>(state);
    EXPECT_EQ(parse_diag_message(bytes_of(message), Protocol::tcp).has_value(), state >= 1 && state <= 11);
  }
}

TEST(DiagMessage, CloseIsABoundSocketOfTcpAndAnUnconnectedOneOfUdp) {
  inet_diag_msg message = established4();
  message.idiag_state = 7;
  EXPECT_EQ(parse_diag_message(bytes_of(message), Protocol::tcp)->state, State::bound);
  EXPECT_EQ(parse_diag_message(bytes_of(message), Protocol::udp)->state, State::close);
}

TEST(DiagMessage, UidZeroWithoutAnInodeIsUnknown) {
  inet_diag_msg message = established4();
  message.idiag_uid = 0;
  EXPECT_EQ(parse_diag_message(bytes_of(message), Protocol::tcp)->uid, 0U);
  message.idiag_inode = 0;
  EXPECT_EQ(parse_diag_message(bytes_of(message), Protocol::tcp)->uid, std::nullopt);
  message.idiag_uid = 1000;  // an orphan's, from Linux 6.17 on
  EXPECT_EQ(parse_diag_message(bytes_of(message), Protocol::tcp)->uid, 1000U);
}

TEST(DiagMessage, AnUnknownAttributeIsLeftOut) {
  auto bytes = bytes_of(established4());
  const std::array<std::byte, 5> odd{};
  append_attribute(bytes, 200, odd);
  append_attribute(bytes, INET_DIAG_SHUTDOWN, {});
  EXPECT_TRUE(parse_diag_message(bytes, Protocol::tcp));
}

TEST(DiagMessage, AnAttributeThatEndsBeyondTheMessageIsMalformed) {
  auto bytes = bytes_of(established4());
  append_attribute(bytes, INET_DIAG_INFO, {}, 8);
  EXPECT_FALSE(parse_diag_message(bytes, Protocol::tcp));
}

TEST(DiagMessage, AnAttributeShorterThanItsHeaderIsMalformed) {
  for (int lie = -4; lie < 0; ++lie) {
    auto bytes = bytes_of(established4());
    append_attribute(bytes, INET_DIAG_INFO, {}, lie);
    EXPECT_FALSE(parse_diag_message(bytes, Protocol::tcp)) << lie;
  }
}

TEST(DiagMessage, LeftOverBytesTooFewForAnAttributeAreMalformed) {
  auto bytes = bytes_of(established4());
  bytes.resize(bytes.size() + 3);
  EXPECT_FALSE(parse_diag_message(bytes, Protocol::tcp));
}

TEST(DiagMessage, TheLongestAgeLessOneTickIsTheMinimumAge) {
  EXPECT_EQ(minimum_age(State::established, {100, 200, 300}), 290U);
  EXPECT_EQ(minimum_age(State::established, {100, 300, 200}), 290U);
  EXPECT_EQ(minimum_age(State::established, {300, 100, 200}), 290U);
  EXPECT_EQ(minimum_age(State::established, {0, 0, 4}), 0U);
}

TEST(DiagMessage, AnAgeWhoseEventNeverHappenedCountsFromBootAndIsLeftOut) {
  tcp_info info{};
  info.tcpi_last_data_sent = 86'400'000;
  info.tcpi_last_data_recv = 86'400'000;
  info.tcpi_last_ack_recv = 86'400'000;
  auto bytes = bytes_of(established4());
  append_attribute(bytes, INET_DIAG_INFO, std::as_bytes(std::span(&info, 1)));
  EXPECT_EQ(parse_diag_message(bytes, Protocol::tcp)->minimum_age_ms, 0U);
}

TEST(DiagMessage, StatesBeforeTheConnectionHaveNoAge) {
  for (const State state : {State::listen, State::syn_sent, State::syn_recv}) {
    EXPECT_EQ(minimum_age(state, {100, 200, 300}), 0U);
  }
}

TEST(DiagMessage, TcpInfoOfAnyLengthIsRead) {
  for (std::size_t size = 0; size <= sizeof(tcp_info); ++size) {
    SCOPED_TRACE(size);
    EXPECT_LE(minimum_age(State::established, {100, 200, 300}, size), 290U);
  }
}

// A nested attribute with the name of an upper layer protocol, padded as the kernel does.
std::vector<std::byte> upper_layer(const std::string& name) {
  std::vector<std::byte> nested;
  append_attribute(nested, INET_ULP_INFO_NAME, std::as_bytes(std::span(name.c_str(), name.size() + 1)));
  return nested;
}

TEST(DiagMessage, DetailsHaveTheCgroupAndTheNamesOfTheProtocols) {
  auto bytes = bytes_of(established4());
  const std::uint64_t cgroup = 0x1'0000'002aU;
  const tcp_info info{};
  append_attribute(bytes, INET_DIAG_CGROUP_ID, std::as_bytes(std::span(&cgroup, 1)));
  append_attribute(bytes, INET_DIAG_INFO, std::as_bytes(std::span(&info, 1)));
  append_attribute(bytes, INET_DIAG_CONG, std::as_bytes(std::span("bbr")));
  append_attribute(bytes, INET_DIAG_ULP_INFO, upper_layer("tls"));
  const auto details = backend::parse_diag_details(bytes, Protocol::tcp);
  ASSERT_TRUE(details);
  EXPECT_EQ(details->row.inode, 4711U);
  EXPECT_EQ(details->cgroup_id, cgroup);
  ASSERT_TRUE(details->tcp_info);
  EXPECT_EQ(details->tcp_info->congestion_control, "bbr");
  EXPECT_EQ(details->tcp_info->upper_layer, "tls");
  EXPECT_FALSE(details->multipath_subflow);
}

TEST(DiagMessage, ASubflowIsKnownAlsoWhereTcpInfoIsTooShort) {
  auto bytes = bytes_of(established4());
  append_attribute(bytes, INET_DIAG_INFO, {});
  append_attribute(bytes, INET_DIAG_ULP_INFO, upper_layer("mptcp"));
  const auto details = backend::parse_diag_details(bytes, Protocol::tcp);
  ASSERT_TRUE(details);
  EXPECT_FALSE(details->tcp_info);
  EXPECT_TRUE(details->multipath_subflow);
}

TEST(DiagMessage, ACgroupIdOfAnotherSizeIsNone) {
  for (const std::size_t size : {0U, 4U, 12U}) {
    auto bytes = bytes_of(established4());
    append_attribute(bytes, INET_DIAG_CGROUP_ID, std::vector(size, std::byte{1}));
    EXPECT_EQ(backend::parse_diag_details(bytes, Protocol::tcp)->cgroup_id, 0U) << size;
  }
}

TEST(DiagMessage, NamesWithoutAnEndAreCutAtTheirAttributes) {
  auto bytes = bytes_of(established4());
  const tcp_info info{};
  const std::array name{std::byte{'c'}, std::byte{'u'}, std::byte{'b'}, std::byte{'i'}};
  append_attribute(bytes, INET_DIAG_INFO, std::as_bytes(std::span(&info, 1)));
  append_attribute(bytes, INET_DIAG_CONG, name);
  append_attribute(bytes, INET_DIAG_ULP_INFO, {});
  const auto details = backend::parse_diag_details(bytes, Protocol::tcp);
  EXPECT_EQ(details->tcp_info->congestion_control, "cubi");
  EXPECT_EQ(details->tcp_info->upper_layer, "");
}

TEST(DiagMessage, BuffersAreReadAndAnOlderKernelsTellNoDrops) {
  const std::array<std::uint32_t, SK_MEMINFO_VARS> numbers{1, 2, 3, 4, 5, 6, 7, 8, 9};
  auto bytes = bytes_of(established4());
  append_attribute(bytes, INET_DIAG_SKMEMINFO, std::as_bytes(std::span(numbers)));
  const auto details = backend::parse_diag_details(bytes, Protocol::udp);
  EXPECT_EQ(details->memory, (SocketMemory{1, 2, 6, 4, 9}));

  auto older = bytes_of(established4());
  append_attribute(older, INET_DIAG_SKMEMINFO, std::as_bytes(std::span(numbers).first<SK_MEMINFO_DROPS>()));
  EXPECT_EQ(backend::parse_diag_details(older, Protocol::udp)->memory, (SocketMemory{1, 2, 6, 4, {}}));
  EXPECT_FALSE(backend::parse_diag_details(bytes_of(established4()), Protocol::udp)->memory);
}

TEST(DiagMessage, TheRequestNamesItsTableAndStates) {
  const auto request = backend::make_dump_request({Protocol::udp, Family::ipv6}, 0x402, backend::kCounters);
  EXPECT_EQ(request.header.nlmsg_len, sizeof request);
  EXPECT_EQ(request.header.nlmsg_flags, NLM_F_REQUEST | NLM_F_DUMP);
  EXPECT_EQ(request.body.sdiag_family, AF_INET6);
  EXPECT_EQ(request.body.sdiag_protocol, IPPROTO_UDP);
  EXPECT_EQ(request.body.idiag_states, 0x402U);
  EXPECT_EQ(request.body.idiag_ext, 1 << (INET_DIAG_INFO - 1));
}

TEST(DiagMessage, TheRequestOfBothFamiliesNamesStatesAlone) {
  const auto request = backend::make_tcp_dump_request(0x402, backend::kCounters);
  EXPECT_EQ(request.header.nlmsg_len, sizeof request);
  EXPECT_EQ(request.header.nlmsg_type, TCPDIAG_GETSOCK);
  EXPECT_EQ(request.header.nlmsg_flags, NLM_F_REQUEST | NLM_F_DUMP);
  EXPECT_EQ(request.body.idiag_states, 0x402U);
  EXPECT_EQ(request.body.idiag_ext, 1 << (INET_DIAG_INFO - 1));
}

}  // namespace
}  // namespace tcptable::test
