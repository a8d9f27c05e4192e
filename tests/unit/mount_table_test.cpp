// SPDX-License-Identifier: MIT
// Lines of /proc/PID/mountinfo as hosts and containers have them.
#include "model/mount_table.hpp"

#include <gtest/gtest.h>

#include "model/cgroup_membership.hpp"

namespace tcptable::test {
namespace {

using model::find_cgroup2_mount;

TEST(MountTable, AHostWithCgroupV2Alone) {
  const auto mount = find_cgroup2_mount(
      "23 29 0:21 / /proc rw,nosuid - proc proc rw\n"
      "30 24 0:27 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 "
      "rw,nsdelegate\n");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->root, "/");
  EXPECT_EQ(mount->point, "/sys/fs/cgroup");
}

TEST(MountTable, AHostWithBothVersions) {
  const auto mount = find_cgroup2_mount(
      "31 24 0:28 / /sys/fs/cgroup ro shared:9 - tmpfs tmpfs ro,mode=755\n"
      "32 31 0:29 / /sys/fs/cgroup/systemd rw shared:11 - cgroup cgroup rw,name=systemd\n"
      "33 31 0:30 / /sys/fs/cgroup/unified rw shared:10 - cgroup2 cgroup2 rw\n");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->point, "/sys/fs/cgroup/unified");
}

TEST(MountTable, TheMountOfTheWholeHierarchyIsTaken) {
  const auto mount = find_cgroup2_mount(
      "40 30 0:27 /../../init.scope /host/part rw - cgroup2 cgroup2 rw\n"
      "41 30 0:27 / /host/cgroup rw master:1 propagate_from:2 - cgroup2 cgroup2 rw\n");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->point, "/host/cgroup");
}

TEST(MountTable, APartIsTakenWhereThereIsNoMore) {
  const auto mount = find_cgroup2_mount("40 30 0:27 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->root, "/docker/abc");
}

TEST(MountTable, BlanksInPathsAreUnescaped) {
  const auto mount = find_cgroup2_mount("40 30 0:27 / /mnt/a\\040b\\134c rw - cgroup2 cgroup rw\n");
  ASSERT_TRUE(mount);
  EXPECT_EQ(mount->point, "/mnt/a b\\c");
}

TEST(MountTable, TextWithoutOneOrOutOfFormatGivesNone) {
  for (const char* text : {"", "\n\n", "cgroup2", " - cgroup2", "1 2 3 4 5 - cgroup", "1 2 3 4 5 6 cgroup2 x",
                           "31 24 0:28 / /sys/fs/cgroup ro - cgroup cgroup rw\n"}) {
    EXPECT_FALSE(find_cgroup2_mount(text)) << text;
  }
}

TEST(MountTable, SystemdsOwnHierarchyIsToldByItsLine) {
  EXPECT_TRUE(model::has_systemd_hierarchy("9:name=systemd:/\n0::/\n"));
  EXPECT_FALSE(model::has_systemd_hierarchy("0::/name=systemd\n"));
}

TEST(MountTable, NetworkNamespacesAreMountedByInode) {
  const auto mounts = model::find_namespace_mounts(
      "300 25 0:4 net:[4026532300] /run/netns/blue rw shared:1 - nsfs nsfs rw\n"
      "301 25 0:4 mnt:[4026532301] /run/netns/other rw - nsfs nsfs rw\n"
      "302 25 0:4 net:[4026532302] /run/docker/netns/0a1b rw - nsfs nsfs rw\n"
      "303 25 0:4 net:[4026532303] /var/run/netns/a\\040b rw - nsfs nsfs rw\n");
  ASSERT_EQ(mounts.size(), 3U);
  EXPECT_EQ(mounts[0].inode, 4026532300U);
  EXPECT_EQ(mounts[0].name(), "blue");
  EXPECT_EQ(mounts[1].point, "/run/docker/netns/0a1b");
  EXPECT_EQ(mounts[1].name(), "");
  EXPECT_EQ(mounts[2].name(), "a b");
}

TEST(MountTable, OnlyAWholeLinkToANetworkNamespaceIsOne) {
  EXPECT_EQ(model::parse_namespace_link("net:[4026531840]"), 4026531840U);
  for (const char* text : {"", "net:[", "net:[]", "net:[12", "net:[12]x", "net:[-1]", "net:[1a]", "mnt:[12]",
                           "net:[99999999999999999999999]"}) {
    EXPECT_FALSE(model::parse_namespace_link(text)) << text;
  }
}

}  // namespace
}  // namespace tcptable::test
