// SPDX-License-Identifier: MIT
// Lines of /proc/PID/mountinfo as hosts and containers have them.
#include "model/cgroup_mount.hpp"

#include <gtest/gtest.h>

#include "model/cgroup_membership.hpp"

namespace tcptable::test {
namespace {

using model::find_cgroup2_mount;

TEST(CgroupMount, AHostWithCgroupV2Alone) {
  const auto mount = find_cgroup2_mount(
      "23 29 0:21 / /proc rw,nosuid - proc proc rw\n"
      "30 24 0:27 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 "
      "rw,nsdelegate\n");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->root, "/");
  EXPECT_EQ(mount->point, "/sys/fs/cgroup");
}

TEST(CgroupMount, AHostWithBothVersions) {
  const auto mount = find_cgroup2_mount(
      "31 24 0:28 / /sys/fs/cgroup ro shared:9 - tmpfs tmpfs ro,mode=755\n"
      "32 31 0:29 / /sys/fs/cgroup/systemd rw shared:11 - cgroup cgroup rw,name=systemd\n"
      "33 31 0:30 / /sys/fs/cgroup/unified rw shared:10 - cgroup2 cgroup2 rw\n");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->point, "/sys/fs/cgroup/unified");
}

TEST(CgroupMount, TheMountOfTheWholeHierarchyIsTaken) {
  const auto mount = find_cgroup2_mount(
      "40 30 0:27 /../../init.scope /host/part rw - cgroup2 cgroup2 rw\n"
      "41 30 0:27 / /host/cgroup rw master:1 propagate_from:2 - cgroup2 cgroup2 rw\n");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->point, "/host/cgroup");
}

TEST(CgroupMount, APartIsTakenWhereThereIsNoMore) {
  const auto mount = find_cgroup2_mount("40 30 0:27 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->root, "/docker/abc");
}

TEST(CgroupMount, BlanksInPathsAreUnescaped) {
  const auto mount = find_cgroup2_mount("40 30 0:27 / /mnt/a\\040b\\134c rw - cgroup2 cgroup rw\n");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->point, "/mnt/a b\\c");
}

TEST(CgroupMount, TextWithoutOneOrOutOfFormatGivesNone) {
  for (const char* text : {"", "\n\n", "cgroup2", " - cgroup2", "1 2 3 4 5 - cgroup", "1 2 3 4 5 6 cgroup2 x",
                           "31 24 0:28 / /sys/fs/cgroup ro - cgroup cgroup rw\n"}) {
    EXPECT_FALSE(find_cgroup2_mount(text)) << text;
  }
}

TEST(CgroupMount, SystemdsOwnHierarchyIsToldByItsLine) {
  EXPECT_TRUE(model::has_systemd_hierarchy("9:name=systemd:/\n0::/\n"));
  EXPECT_FALSE(model::has_systemd_hierarchy("0::/name=systemd\n"));
}

}  // namespace
}  // namespace tcptable::test
