// SPDX-License-Identifier: MIT
// Every way in which a netlink dump can go wrong, told by a script instead of a kernel.
#include "sys/netlink_dump.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "backend/backend.hpp"
#include "support/scripted_netlink.hpp"

namespace tcptable::test {
namespace {

constexpr std::size_t kListenerSize = NLMSG_LENGTH(sizeof(inet_diag_msg));

Query tcp4() {
  Query query;
  query.ipv6 = false;
  return query;
}

Result<std::vector<SocketRow>> collect(ScriptedNetlink& kernel) {
  kernel.hold_still();
  backend::RowTable table;
  auto collected = backend::kSockDiag.collect(kernel, tcp4(), table);
  EXPECT_EQ(kernel.open_descriptors(), 0);
  if (!collected) return tl::unexpected(collected.error());
  return std::move(table.rows);
}

void expect_error(ScriptedNetlink& kernel, Errc code, int sys_errno = 0) {
  const auto rows = collect(kernel);
  ASSERT_FALSE(rows);
  EXPECT_EQ(to_string(rows.error()), to_string(Error{code, Step::receive_reply, sys_errno}));
}

TEST(NetlinkDump, RowsUpToDoneAreTheTable) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().listener(1).listener(2));
  kernel.deliver(Datagram().listener(3).done());
  const auto rows = collect(kernel);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 3U);
  EXPECT_EQ(kernel.sockets_made(), 1);
}

TEST(NetlinkDump, DoneAloneIsAnEmptyTable) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().done());
  const auto rows = collect(kernel);
  ASSERT_TRUE(rows);
  EXPECT_TRUE(rows->empty());
}

TEST(NetlinkDump, DoneWithoutACodeIsAnEnd) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().listener(1).add(NLMSG_DONE, {}));
  EXPECT_TRUE(collect(kernel));
}

TEST(NetlinkDump, DoneWithEnoentIsNotSupportedAndNoEmptyTable) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().done(-ENOENT));
  expect_error(kernel, Errc::not_supported, ENOENT);
}

TEST(NetlinkDump, DoneWithEpermIsNotPermitted) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().listener(1).done(-EPERM));
  expect_error(kernel, Errc::not_permitted, EPERM);
}

TEST(NetlinkDump, AnErrorBeforeTheDumpEndsItAlthoughNoDoneFollows) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().error(-EINVAL));
  kernel.deliver(Datagram().listener(1).done());
  expect_error(kernel, Errc::io, EINVAL);
  EXPECT_EQ(kernel.undelivered(), 1U);
}

TEST(NetlinkDump, AnErrorWithCodeZeroIsMalformed) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().error(0));
  expect_error(kernel, Errc::malformed_reply);
}

TEST(NetlinkDump, AnErrorThatIsNoErrnoIsMalformed) {
  for (const int code : {1, -4096, INT32_MIN}) {
    ScriptedNetlink kernel;
    kernel.deliver(Datagram().error(code));
    expect_error(kernel, Errc::malformed_reply);
  }
}

TEST(NetlinkDump, AnErrorWithoutACodeIsMalformed) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().add(NLMSG_ERROR, {}));
  expect_error(kernel, Errc::malformed_reply);
}

TEST(NetlinkDump, AnInterruptedReceiveIsRepeated) {
  ScriptedNetlink kernel;
  kernel.fail(EINTR);
  kernel.deliver(Datagram().listener(1).done());
  const auto rows = collect(kernel);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 1U);
  EXPECT_EQ(kernel.sockets_made(), 1);
}

TEST(NetlinkDump, LostRepliesMakeANewDumpOnAFreshSocket) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().listener(1));
  kernel.fail(ENOBUFS);
  kernel.deliver(Datagram().listener(1).listener(2).done());
  const auto rows = collect(kernel);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 2U);
  EXPECT_EQ(kernel.sockets_made(), 2);
}

TEST(NetlinkDump, RepliesLostAgainAndAgainAreAnError) {
  ScriptedNetlink kernel;
  for (int i = 0; i < 100; ++i) kernel.fail(ENOBUFS);
  expect_error(kernel, Errc::interrupted_dump, ENOBUFS);
  EXPECT_GT(kernel.undelivered(), 0U) << "it must give up";
}

TEST(NetlinkDump, ADumpThatTheKernelCallsInconsistentIsRepeated) {
  ScriptedNetlink kernel;
  inet_diag_msg row{};
  row.idiag_family = AF_INET;
  row.idiag_state = 10;
  kernel.deliver(
      Datagram().add_value(SOCK_DIAG_BY_FAMILY, row, kSequence, NLM_F_MULTI | NLM_F_DUMP_INTR).done());
  kernel.deliver(Datagram().listener(7).done());
  const auto rows = collect(kernel);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().cookie, 7U);
}

TEST(NetlinkDump, ATruncatedDatagramIsAskedForAgainWithALargerBuffer) {
  ScriptedNetlink kernel;
  kernel.deliver({Datagram().listener(1).bytes(), 0, 0, MSG_TRUNC});
  kernel.deliver(Datagram().done());
  ASSERT_TRUE(collect(kernel));
  EXPECT_GE(kernel.largest_buffer(), std::size_t{128 * 1024});
}

TEST(NetlinkDump, DatagramsTruncatedForEverAreAnError) {
  ScriptedNetlink kernel;
  for (int i = 0; i < 100; ++i) kernel.deliver({Datagram().listener(1).bytes(), 0, 0, MSG_TRUNC});
  expect_error(kernel, Errc::interrupted_dump, EMSGSIZE);
}

TEST(NetlinkDump, RepliesToAnotherRequestAreLeftOut) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().add_value(NLMSG_DONE, std::int32_t{-EIO}, kSequence + 1).listener(1).done());
  const auto rows = collect(kernel);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 1U);
}

TEST(NetlinkDump, DatagramsFromOtherProcessesAreLeftOut) {
  ScriptedNetlink kernel;
  kernel.deliver({Datagram().listener(666).done().bytes(), 0, 4711, 0});
  kernel.deliver(Datagram().listener(1).done());
  const auto rows = collect(kernel);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().cookie, 1U);
}

TEST(NetlinkDump, ADatagramCutAnywhereIsMalformedOrUnfinished) {
  for (std::size_t bytes = 1; bytes < kListenerSize; ++bytes) {
    SCOPED_TRACE(bytes);
    ScriptedNetlink kernel;
    kernel.deliver(Datagram().listener(1).listener(2).cut(bytes));
    expect_error(kernel, Errc::malformed_reply);
  }
}

TEST(NetlinkDump, AnEmptyDatagramIsMalformed) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram());
  expect_error(kernel, Errc::malformed_reply);
}

void expect_malformed_with_length(std::uint32_t length) {
  nlmsghdr header{};
  header.nlmsg_len = length;
  header.nlmsg_seq = kSequence;
  const auto bytes = std::as_bytes(std::span(&header, 1));
  ScriptedNetlink kernel;
  kernel.deliver({{bytes.begin(), bytes.end()}, 0, 0, 0});
  expect_error(kernel, Errc::malformed_reply);
}

TEST(NetlinkDump, AMessageThatSaysItIsShorterThanItsHeaderIsMalformed) {
  expect_malformed_with_length(sizeof(nlmsghdr) - 1);
}

TEST(NetlinkDump, AMessageThatSaysItIsLongerThanItsDatagramIsMalformed) {
  expect_malformed_with_length(sizeof(nlmsghdr) + 1);
  expect_malformed_with_length(0x8000'0000);
  expect_malformed_with_length(0xffff'ffff);
}

TEST(NetlinkDump, ARowShorterThanItsStructureIsMalformed) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().add_value(SOCK_DIAG_BY_FAMILY, std::uint64_t{0}).done());
  expect_error(kernel, Errc::malformed_reply);
}

TEST(NetlinkDump, AKernelThatNeverEndsTheDumpTimesOut) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().listener(1));
  expect_error(kernel, Errc::io, EAGAIN);
}

TEST(NetlinkDump, ARowListedTwiceIsKeptOnce) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().listener(1).listener(2).listener(1).done());
  const auto rows = collect(kernel);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 2U);
}

TEST(NetlinkDump, ARowBehindTheEndIsMalformedAndNotLost) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().listener(1).done().listener(2));
  expect_error(kernel, Errc::malformed_reply);
}

TEST(NetlinkDump, AnOverrunIsAnInterruptedDump) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().listener(1).add(NLMSG_OVERRUN, {}).done());
  kernel.deliver(Datagram().listener(1).listener(2).done());
  const auto rows = collect(kernel);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 2U);
}

// --- an answer of three datagrams that arrives otherwise than it was sent ---

using Answer = std::vector<std::vector<std::byte>>;

Answer sound_answer() {
  return {Datagram().listener(1).listener(2).bytes(), Datagram().listener(3).listener(4).bytes(),
          Datagram().listener(5).done().bytes()};
}

// The cookies of the rows, in order, or nullopt for an error.
std::optional<std::vector<std::uint64_t>> rows_of(const Answer& answer) {
  ScriptedNetlink kernel;
  for (const auto& datagram : answer) kernel.deliver({datagram, 0, 0, 0});
  const auto rows = collect(kernel);
  if (!rows) return std::nullopt;
  std::vector<std::uint64_t> cookies;
  for (const SocketRow& row : *rows) cookies.push_back(row.cookie);
  std::sort(cookies.begin(), cookies.end());
  return cookies;
}

const std::vector<std::uint64_t> kSoundRows{1, 2, 3, 4, 5};

TEST(NetlinkDump, DatagramsInAnotherOrderGiveTheSameRows) {
  Answer answer = sound_answer();
  std::swap(answer[0], answer[1]);
  EXPECT_EQ(rows_of(answer), kSoundRows);
}

TEST(NetlinkDump, DatagramsThatComeTwiceGiveEachRowOnce) {
  const Answer sound = sound_answer();
  EXPECT_EQ(rows_of({sound[0], sound[0], sound[1], sound[0], sound[1], sound[2], sound[2]}), kSoundRows);
}

TEST(NetlinkDump, AnAnswerCutAtAnyByteIsAnError) {
  const Answer sound = sound_answer();
  for (std::size_t cut_in = 0; cut_in < sound.size(); ++cut_in) {
    for (std::size_t left = 0; left < sound[cut_in].size(); ++left) {
      // Between two messages a datagram may end; the last must have the end.
      const bool between = left > 0 && left % kListenerSize == 0;
      Answer answer = sound;
      answer[cut_in].resize(left);
      const auto rows = rows_of(answer);
      EXPECT_EQ(rows.has_value(), between && cut_in != 2)
          << "datagram " << cut_in << ", " << left << " bytes";
    }
  }
}

// What says it is longer than it is swallows its neighbours, as no kernel would; but invents none.
TEST(NetlinkDump, AMessageOfAnyOtherLengthGivesAnErrorOrRowsThatWereSent) {
  for (std::size_t at : {std::size_t{0}, kListenerSize}) {
    for (std::uint32_t length = 0; length < 4 * kListenerSize; ++length) {
      Answer answer = sound_answer();
      std::memcpy(answer[0].data() + at, &length, sizeof length);
      const auto rows = rows_of(answer);
      if (!rows) continue;
      EXPECT_TRUE(std::includes(kSoundRows.begin(), kSoundRows.end(), rows->begin(), rows->end())) << length;
    }
  }
}

TEST(NetlinkDump, AnswersToOtherRequestsAloneAreNoTable) {
  for (const std::uint32_t sequence : {0U, kSequence + 1, 0xffff'ffffU}) {
    Answer answer = sound_answer();
    for (auto& datagram : answer) {
      for (std::size_t at = 0; at + sizeof(nlmsghdr) <= datagram.size(); at += kListenerSize)
        std::memcpy(datagram.data() + at + offsetof(nlmsghdr, nlmsg_seq), &sequence, sizeof sequence);
    }
    EXPECT_EQ(rows_of(answer), std::nullopt);
  }
}

}  // namespace
}  // namespace tcptable::test
