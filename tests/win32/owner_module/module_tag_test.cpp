// SPDX-License-Identifier: MIT
// OwningModuleInfo[0]: what it depends on, and what filling it for a table costs.
#include "win32/owner_module/module_tag.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace tcptable::win32 {
namespace {

Process process(std::int32_t pid, std::uint64_t start_time) {
  Process made;
  made.pid = pid;
  made.start_time = start_time;
  return made;
}

TEST(ServiceTag, DependsOnPidStartTimeAndService) {
  const ULONGLONG tag = service_tag(process(10, 20), "ssh.service");
  EXPECT_EQ(service_tag(process(10, 20), "ssh.service"), tag);
  EXPECT_NE(service_tag(process(11, 20), "ssh.service"), tag);
  EXPECT_NE(service_tag(process(10, 21), "ssh.service"), tag) << "a younger process with the pid";
  EXPECT_NE(service_tag(process(10, 20), "ssh@.service"), tag);
}

TEST(ServiceTag, IsNeverOneOfTheOthers) {
  std::set<ULONGLONG> tags;
  for (std::int32_t pid = 0; pid < 2000; ++pid) {
    const ULONGLONG tag = service_tag(process(pid, 0), "");
    EXPECT_NE(tag, kNoTag);
    EXPECT_NE(tag, kSystemTag);
    tags.insert(tag);
  }
  EXPECT_EQ(tags.size(), 2000U);
}

// Three processes with many rows each: a service's, a program's, one that can't be asked; and rows without.
class ModuleTags : public ::testing::Test {
 protected:
  ModuleTags() {
    Snapshot::Parts parts;
    parts.processes = {process(100, 1), process(200, 2), process(300, 3)};
    parts.holders = {0, 1, 2};
    for (std::uint32_t i = 0; i < kRows; ++i) {
      SocketRow row;
      row.owner_status = OwnerStatus::known;
      row.first_holder = i % 3;
      row.holder_count = 1;
      parts.rows.push_back(row);
      positions_.push_back(i);
    }
    for (const OwnerStatus status : {OwnerStatus::kernel, OwnerStatus::time_wait}) {
      SocketRow row;
      row.owner_status = status;
      positions_.push_back(static_cast<std::uint32_t>(parts.rows.size()));
      parts.rows.push_back(row);
    }
    snapshot_ = Snapshot(std::move(parts));
  }

  Result<CgroupNames> read(const Process& asked, Errc refusal) {
    ++reads_[asked.pid];
    if (asked.pid == 300) return tl::unexpected(Error{refusal, Step::read_process, 0});
    CgroupNames names;
    names.unit = asked.pid == 100 ? "web.service" : "session-1.scope";
    return names;
  }

  Result<std::vector<ULONGLONG>> tags(Errc refusal) {
    return module_tags(snapshot_, positions_,
                       [this, refusal](const Process& asked) { return read(asked, refusal); });
  }

  static constexpr std::uint32_t kRows = 900;
  Snapshot snapshot_{Snapshot::Parts{}};
  std::vector<std::uint32_t> positions_;
  std::map<std::int32_t, int> reads_;
};

TEST_F(ModuleTags, AnOwningProcessIsReadOnceHoweverManyRowsItHas) {
  ASSERT_TRUE(tags(Errc::not_found));
  EXPECT_EQ(reads_, (std::map<std::int32_t, int>{{100, 1}, {200, 1}, {300, 1}}));
}

TEST_F(ModuleTags, ServicesHaveTheirTagAndProgramsNone) {
  for (const Errc refusal : {Errc::not_found, Errc::not_permitted}) {
    const auto found = tags(refusal);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), kRows + 2);
    EXPECT_EQ((*found)[0], service_tag(process(100, 1), "web.service"));
    EXPECT_EQ((*found)[897], (*found)[0]);
    EXPECT_EQ((*found)[1], kNoTag);
    EXPECT_EQ((*found)[2], kNoTag);
    EXPECT_EQ((*found)[kRows], kSystemTag);
    EXPECT_EQ((*found)[kRows + 1], kNoTag);
  }
}

TEST_F(ModuleTags, AFailureThatIsNoAnswerIsReturned) {
  const auto found = tags(Errc::io);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::io);
}

}  // namespace
}  // namespace tcptable::win32
