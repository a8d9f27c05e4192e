// SPDX-License-Identifier: MIT
// Control group paths as the service managers and container engines of the field make them: cgroup v1 and v2,
// with the systemd and the cgroupfs driver, rootful and rootless.
#include <gtest/gtest.h>

#include <tcptable/cgroup.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "model/cgroup_membership.hpp"

namespace tcptable {

// What GoogleTest prints on a difference.
void PrintTo(const CgroupNames& names, std::ostream* out) {
  *out << "unit '" << names.unit << "' slice '" << names.slice << "' user unit '" << names.user_unit
       << "' user slice '" << names.user_slice << "' container '" << names.container << "' by "
       << to_string(names.runtime) << " pod '" << names.pod_uid << "'";
}

namespace test {
namespace {

using model::cgroup_path_of_process;

const std::string kId = "7bdcf05b4e6f3e2a3f0c7e2d4f6f6d1b5a4c3e2d1f0a9b8c7d6e5f4a3b2c1d0e";
const std::string kOuterId = "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9";
const std::string kUid = "05e102bf-8744-4942-a241-9b6f07983a53";
const std::string kUidInSlice = "05e102bf_8744_4942_a241_9b6f07983a53";
const std::string kStaticPod = "1f0a9b8c7d6e5f4a3b2c1d0e7bdcf05b";

struct Units {
  std::string path;
  std::string unit;
  std::string slice;
  std::string user_unit = "";
  std::string user_slice = "";
};

TEST(CgroupPath, UnitsAndSlicesAreThoseThatSystemctlNames) {
  const std::string user = "/user.slice/user-1000.slice/";
  const std::vector<Units> cases{
      {"/system.slice/ssh.service", "ssh.service", "system.slice"},
      {"/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service", "system-getty.slice"},
      {"/system.slice/systemd-udevd.service/udev", "systemd-udevd.service", "system.slice"},
      {"/system.slice/system-postgresql.slice/postgresql@15-main.service", "postgresql@15-main.service",
       "system-postgresql.slice"},
      {"/system.slice/dev-sda\\x2d1.swap", "dev-sda\\x2d1.swap", "system.slice"},
      {"/system.slice/dev-mqueue.mount", "dev-mqueue.mount", "system.slice"},
      {"/system.slice/cups.socket", "cups.socket", "system.slice"},
      {"/system.slice/_cgroup.service", "cgroup.service", "system.slice"},
      {"/init.scope", "init.scope", "-.slice"},
      {user + "session-2.scope", "session-2.scope", "user-1000.slice"},
      {user + "user@1000.service/init.scope", "user@1000.service", "user-1000.slice", "init.scope",
       "-.slice"},
      {user + "user@1000.service/app.slice/app-org.gnome.Terminal.slice/vte-spawn-1c0e.scope",
       "user@1000.service", "user-1000.slice", "vte-spawn-1c0e.scope", "app-org.gnome.Terminal.slice"},
      {user + "user@1000.service/app.slice/app-gnome-firefox\\x2desr-4242.scope", "user@1000.service",
       "user-1000.slice", "app-gnome-firefox\\x2desr-4242.scope", "app.slice"},
      {user + "user@1000.service/session.slice/pipewire.service", "user@1000.service", "user-1000.slice",
       "pipewire.service", "session.slice"},
      // systemd 237, without app.slice
      {user + "user@1000.service/gpg-agent.service", "user@1000.service", "user-1000.slice",
       "gpg-agent.service", "-.slice"},
      // seen from within another cgroup namespace
      {"/../../system.slice/cron.service", "cron.service", "system.slice"},
      {"/machine.slice", "", "machine.slice"},
  };
  for (const Units& expected : cases) {
    SCOPED_TRACE(expected.path);
    CgroupNames names;
    names.unit = expected.unit;
    names.slice = expected.slice;
    names.user_unit = expected.user_unit;
    names.user_slice = expected.user_slice;
    EXPECT_EQ(parse_cgroup_path(expected.path), names);
  }
}

TEST(CgroupPath, PathsWithoutNamesHaveNone) {
  for (const std::string path : {"",
                                 "/",
                                 "//",
                                 "..",
                                 "/..",
                                 "/a/b/c",
                                 "/process_api/184cbc3ae4d97ecad4088015db682cd5",
                                 "/.service",
                                 "/.slice",
                                 "/a b.service",
                                 "/\x1b[31m.service",
                                 "/ssh.timer",
                                 "/unified",
                                 "/docker",
                                 "/lxc",
                                 "/kubepods",
                                 "/kubepods/besteffort",
                                 "/docker/buildx",
                                 "/lxc.monitor.web",
                                 "/podman",
                                 "/pod1234",
                                 "/lxc.payload."}) {
    SCOPED_TRACE(path);
    EXPECT_EQ(parse_cgroup_path(path), CgroupNames());
  }
  EXPECT_EQ(parse_cgroup_path("/" + std::string(250, 'a') + ".service"), CgroupNames());
}

struct Containers {
  std::string path;
  ContainerRuntime runtime;
  std::string id = kId;
  std::string pod_uid = "";
};

void expect_containers(const std::vector<Containers>& cases) {
  for (const Containers& expected : cases) {
    SCOPED_TRACE(expected.path);
    const CgroupNames names = parse_cgroup_path(expected.path);
    EXPECT_EQ(to_string(names.runtime), to_string(expected.runtime));
    EXPECT_EQ(names.container, expected.id);
    EXPECT_EQ(names.pod_uid, expected.pod_uid);
  }
}

TEST(CgroupPath, ContainersOfEnginesAreFound) {
  const std::string rootless = "/user.slice/user-1000.slice/user@1000.service/user.slice/";
  expect_containers({
      {"/docker/" + kId, ContainerRuntime::docker},
      {"/docker/" + kId + "/system.slice/ssh.service", ContainerRuntime::docker},
      {"/system.slice/docker-" + kId + ".scope", ContainerRuntime::docker},
      {rootless + "docker-" + kId + ".scope", ContainerRuntime::docker},
      {"/docker/" + kOuterId + "/docker/" + kId, ContainerRuntime::docker},
      {"/actions_job/" + kId, ContainerRuntime::unknown},  // docker run --cgroup-parent
      {"/ecs/3a5b1c/" + kId, ContainerRuntime::unknown},   // Amazon ECS
      {"/machine.slice/libpod-" + kId + ".scope", ContainerRuntime::podman},
      {"/machine.slice/libpod-" + kId + ".scope/container", ContainerRuntime::podman},
      {rootless + "libpod-" + kId + ".scope/container", ContainerRuntime::podman},
      {"/machine.slice/machine-libpod_pod_" + kOuterId + ".slice/libpod-" + kId + ".scope",
       ContainerRuntime::podman},
      {"/libpod_parent/libpod-" + kId, ContainerRuntime::podman},
      {"/libpod_parent/" + kId + "/ctr", ContainerRuntime::podman},
      {"/system.slice/web.service/libpod-payload-" + kId, ContainerRuntime::podman},
      {"/system.slice/nerdctl-" + kId + ".scope", ContainerRuntime::containerd},
      {"/k8s.io/" + kId, ContainerRuntime::containerd},
      {"/lxc/101/ns/system.slice/ssh.service", ContainerRuntime::lxc, "101"},  // Proxmox
      {"/lxc/web/init.scope", ContainerRuntime::lxc, "web"},
      {"/lxc.payload.web-1/system.slice/nginx.service", ContainerRuntime::lxc, "web-1"},
      {"/lxc.payload/web/init.scope", ContainerRuntime::lxc, "web"},
      {"/lxc.payload.web/docker/" + kId, ContainerRuntime::docker},
      {"/machine.slice/systemd-nspawn@web.service/payload/system.slice/nginx.service",
       ContainerRuntime::nspawn, "web"},
  });
}

TEST(CgroupPath, PodsOfKubernetesAreFoundWithTheirContainers) {
  const std::string slices = "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod" + kUidInSlice;
  expect_containers({
      {"/kubepods/burstable/pod" + kUid + "/" + kId, ContainerRuntime::unknown, kId, kUid},
      {"/kubepods/besteffort/pod" + kStaticPod + "/" + kId, ContainerRuntime::unknown, kId, kStaticPod},
      {"/kubepods/pod" + kUid + "/" + kId, ContainerRuntime::unknown, kId, kUid},
      {"/kubepods/burstable/pod" + kUid + "/crio-" + kId, ContainerRuntime::crio, kId, kUid},
      {slices + ".slice/cri-containerd-" + kId + ".scope", ContainerRuntime::containerd, kId, kUid},
      {slices + ".slice/crio-" + kId + ".scope", ContainerRuntime::crio, kId, kUid},
      {slices + ".slice/crio-" + kId + ".scope/container", ContainerRuntime::crio, kId, kUid},
      {slices + ".slice/docker-" + kId + ".scope", ContainerRuntime::docker, kId, kUid},
      {"/kubepods.slice/kubepods-pod" + kUidInSlice + ".slice/cri-containerd-" + kId + ".scope",
       ContainerRuntime::containerd, kId, kUid},
      {"/kubepods.slice/kubepods-pod" + kStaticPod + ".slice/crio-" + kId + ".scope", ContainerRuntime::crio,
       kId, kStaticPod},
      {"/system.slice/containerd.service/kubepods-burstable-pod" + kUidInSlice +
           ".slice:cri-containerd:" + kId,
       ContainerRuntime::containerd, kId, kUid},
      {"/kubepods-besteffort-pod" + kUidInSlice + ".slice:crio:" + kId, ContainerRuntime::crio, kId, kUid},
      // kind: a cluster whose nodes are containers
      {"/docker/" + kOuterId + "/kubelet/kubepods/besteffort/pod" + kUid + "/" + kId,
       ContainerRuntime::unknown, kId, kUid},
      {"/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/"
       "kubelet-kubepods-besteffort-pod" +
           kUidInSlice + ".slice/cri-containerd-" + kId + ".scope",
       ContainerRuntime::containerd, kId, kUid},
  });
}

TEST(CgroupPath, WhatOnlyLooksLikeAContainerIsNone) {
  const std::string short_id = kId.substr(1);
  for (const std::string& component :
       std::vector<std::string>{"docker-" + short_id + ".scope", "libpod-conmon-" + kId + ".scope",
                                "crio-conmon-" + kId + ".scope", kId + "0", short_id,
                                "docker-" + kId + ".service", "kubepods-pod" + kUidInSlice + "x.slice",
                                "pod" + kUid + "-", "x.slice:other:" + kId, "docker-.scope", "docker-"}) {
    SCOPED_TRACE(component);
    const CgroupNames names = parse_cgroup_path("/some/" + component);
    EXPECT_EQ(names.runtime, ContainerRuntime::none);
    EXPECT_EQ(names.container, "");
    EXPECT_EQ(names.pod_uid, "");
  }
}

TEST(CgroupPath, EveryPrefixOfARealPathIsRead) {
  const std::string path = "/kubepods.slice/kubepods-pod" + kUidInSlice + ".slice/cri-containerd-" + kId +
                           ".scope/user@1.service/_a.slice:x:" + kId;
  for (std::size_t size = 0; size <= path.size(); ++size) parse_cgroup_path(path.substr(0, size));
  for (std::size_t from = 0; from <= path.size(); ++from) parse_cgroup_path(path.substr(from));
}

TEST(CgroupPath, AServiceIsTheUsersWhereAUsersManagerRunsIt) {
  const auto service = [](const std::string& path) {
    return std::string(service_of(parse_cgroup_path(path)));
  };
  const std::string manager = "/user.slice/user-1000.slice/user@1000.service";
  EXPECT_EQ(service("/system.slice/ssh.service"), "ssh.service");
  EXPECT_EQ(service("/system.slice/docker.service/libpod-payload-" + kId), "docker.service");
  EXPECT_EQ(service(manager), "user@1000.service");
  EXPECT_EQ(service(manager + "/init.scope"), "user@1000.service");
  EXPECT_EQ(service(manager + "/app.slice/dbus.service"), "dbus.service");
  for (const std::string& path : std::vector<std::string>{
           manager + "/app.slice/app-firefox-1.scope", "/user.slice/user-1000.slice/session-2.scope",
           "/init.scope", "/", "/docker/" + kId, "/system.slice/docker-" + kId + ".scope",
           "/lxc.payload.web/system.slice/nginx.service", "/system.slice"}) {
    EXPECT_EQ(service(path), "") << path;
  }
}

TEST(CgroupMembership, TheUnifiedHierarchysPathIsTaken) {
  EXPECT_EQ(cgroup_path_of_process("0::/system.slice/ssh.service\n"), "/system.slice/ssh.service");
  EXPECT_EQ(cgroup_path_of_process("0::/a:b/c\n"), "/a:b/c");
  EXPECT_EQ(cgroup_path_of_process("0::/\n"), "/");
  EXPECT_EQ(cgroup_path_of_process("0::/a.service (deleted)\n"), "/a.service");
}

TEST(CgroupMembership, OfSeveralHierarchiesSystemdsOwnComesFirst) {
  EXPECT_EQ(cgroup_path_of_process("4:memory:/docker/x\n3:cpu,cpuacct:/\n1:name=systemd:/docker/y\n"
                                   "0::/system.slice/containerd.service\n"),
            "/docker/y");
  EXPECT_EQ(cgroup_path_of_process("2:pids:/other\n1:name=systemd:/\n0::/init.scope\n"), "/init.scope");
}

TEST(CgroupMembership, WithoutSystemdAnyHierarchyThatNamesSomethingIsTaken) {
  EXPECT_EQ(cgroup_path_of_process("9:name=systemd:/\n4:memory:/lxc/web\n1:cpu:/\n0::/\n"), "/lxc/web");
  EXPECT_EQ(cgroup_path_of_process("2:cpu:/\n1:memory:/\n"), "/");
}

TEST(CgroupMembership, ATextThatBreaksTheFormatHasNoPath) {
  for (const char* text : {"", "\n", "0:", "0::", "0::relative\n", "memory:/x\n", "0::/a\nrubbish\n"}) {
    EXPECT_FALSE(cgroup_path_of_process(text)) << text;
  }
}

}  // namespace
}  // namespace test
}  // namespace tcptable
