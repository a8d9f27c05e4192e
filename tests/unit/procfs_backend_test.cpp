// SPDX-License-Identifier: MIT
// The procfs backend over a directory that a test wrote in the place of /proc/net.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "backend/backend.hpp"
#include "support/fault_kernel.hpp"
#include "support/temporary_directory.hpp"

namespace tcptable::test {
namespace {

const std::string kHeading = "  sl  local_address ...\n";
const std::string kListener =
    "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0\n";
const std::string kHalfOpen =
    "   0: 0100007F:1F90 0100007F:C350 03 00000000:00000000 01:00000010 00000000     0        0 0 1 0\n";
const std::string kLinkLocal =
    "   0: 000080FE000000000000000001000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 "
    "00:00000000 00000000     0        0 99 1 0\n";

class ProcfsBackend : public ::testing::Test {
 protected:
  void SetUp() override { kernel_.redirect("/proc/thread-self/net", net_.path()); }

  // More rows than are read in one go, so that what goes meanwhile may hide another.
  static std::string many_listeners() {
    std::string text;
    for (int i = 0; i < 2000; ++i) {
      std::string line = kListener;
      line.replace(line.find("4711"), 4, std::to_string(10000 + i));
      text += line;
    }
    return text;
  }

  void write(const std::string& name, const std::string& text) { std::ofstream(net_.path() / name) << text; }

  Result<std::vector<SocketRow>> collect() {
    backend::RowTable table;
    auto collected = backend::kProcfs.collect(kernel_, Query(), table);
    EXPECT_EQ(kernel_.open_descriptors(), 0U);
    if (!collected) return tl::unexpected(collected.error());
    return std::move(table.rows);
  }

  TemporaryDirectory net_;
  FaultKernel kernel_{sys::real_kernel()};
};

TEST_F(ProcfsBackend, ARowListedTwiceIsKeptOnce) {
  write("tcp", kHeading + kListener + kListener);
  const auto rows = collect();
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 1U);
}

TEST_F(ProcfsBackend, AFileLargerThanOneReadIsReadToItsEnd) {
  write("tcp", kHeading + many_listeners());
  const auto rows = collect();
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 2000U);
}

TEST_F(ProcfsBackend, ALargeTableIsMarkedWhereAHalfOpenConnectionMayHaveTimedOut) {
  kernel_.redirect("/proc/thread-self/net/sockstat", net_.path() / "sockstat");
  kernel_.redirect("/proc/thread-self/net/snmp", net_.path() / "snmp");
  kernel_.redirect("/proc/sys/net/ipv4/tcp_ehash_entries", net_.path() / "buckets");
  write("sockstat", "TCP: inuse 2000 orphan 0 tw 0 alloc 2000 mem 1\n");
  write("buckets", "65536\n");
  for (const bool half_open : {false, true}) {
    write("tcp", kHeading + many_listeners() + (half_open ? kHalfOpen : ""));
    backend::RowTable table;
    ASSERT_TRUE(backend::kProcfs.collect(kernel_, Query(), table));
    EXPECT_EQ(table.complete, !half_open);
  }
}

TEST_F(ProcfsBackend, ABrokenLineIsAnErrorAndNotASmallerTable) {
  write("tcp", kHeading + kListener + "   1: 0100007F:1F90 000000\n");
  const auto rows = collect();
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error(), (Error{Errc::malformed_reply, Step::read_net_table, 0}));
}

TEST_F(ProcfsBackend, WithoutTheInterfacesTheScopeIsUnknown) {
  write("tcp", kHeading);
  write("tcp6", kHeading + kLinkLocal);
  const auto rows = collect();
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().local.scope_id, 0U);
}

TEST_F(ProcfsBackend, InterfacesThatCannotBeReadAreAnError) {
  write("tcp", kHeading);
  write("tcp6", kHeading + kLinkLocal);
  kernel_.fail_path("if_inet6", EMFILE);
  const auto rows = collect();
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().sys_errno, EMFILE);
}

}  // namespace
}  // namespace tcptable::test
