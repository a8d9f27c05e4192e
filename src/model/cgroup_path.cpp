// SPDX-License-Identifier: MIT
// Names in a control group's path. What a container's part of the path looks like is a table.
#include <tcptable/cgroup.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace tcptable {
namespace {

constexpr std::size_t kLongestUnitName = 255;  // UNIT_NAME_MAX, systemd's src/basic/unit-name.h
constexpr std::size_t kContainerIdLength = 64;

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool is_unit_character(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || std::string_view(":-_.\\@").find(c) != std::string_view::npos;
}

// Units of the other types have no processes.
bool is_unit(std::string_view name) {
  constexpr std::array<std::string_view, 6> kTypes{".service", ".scope", ".slice",
                                                   ".socket",  ".mount", ".swap"};
  const bool typed = std::any_of(kTypes.begin(), kTypes.end(), [&](std::string_view type) {
    return name.size() > type.size() && name.ends_with(type);
  });
  return typed && name.size() <= kLongestUnitName && std::all_of(name.begin(), name.end(), is_unit_character);
}

bool is_slice(std::string_view name) {
  return name.ends_with(".slice") && is_unit(name);
}

// systemd puts "_" before a name that the kernel's own files could have (cg_escape).
std::string_view unescape(std::string_view component) {
  return component.starts_with('_') ? component.substr(1) : component;
}

using Components = std::vector<std::string_view>;

Components split(std::string_view path) {
  Components components;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view component = path.substr(0, end);
    // ".." leads out of the reader's cgroup namespace.
    if (!component.empty() && component != "..") components.push_back(component);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return components;
}

struct ManagedUnit {
  std::string_view unit;
  std::string_view slice;
};

// Slices, then one unit; removes what it read.
ManagedUnit take_unit(std::span<const std::string_view>& components) {
  ManagedUnit found;
  for (; !components.empty() && is_slice(unescape(components.front())); components = components.subspan(1)) {
    found.slice = unescape(components.front());
  }
  if (components.empty() || !is_unit(unescape(components.front()))) return found;
  found.unit = unescape(components.front());
  components = components.subspan(1);
  if (found.slice.empty()) found.slice = "-.slice";
  return found;
}

enum class IdKind : std::uint8_t { digits, name };

// A component that is a container's by itself.
struct OwnName {
  std::string_view prefix;
  std::string_view suffix;
  IdKind kind;
  ContainerRuntime runtime;
};

// The monitor beside a container has "conmon-" before the digits, and so is none.
constexpr std::array kOwnNames{
    OwnName{"docker-", ".scope", IdKind::digits, ContainerRuntime::docker},
    OwnName{"libpod-payload-", "", IdKind::digits, ContainerRuntime::podman},  // --cgroups=split
    OwnName{"libpod-", ".scope", IdKind::digits, ContainerRuntime::podman},
    OwnName{"libpod-", "", IdKind::digits, ContainerRuntime::podman},
    OwnName{"cri-containerd-", ".scope", IdKind::digits, ContainerRuntime::containerd},
    OwnName{"nerdctl-", ".scope", IdKind::digits, ContainerRuntime::containerd},
    OwnName{"crio-", ".scope", IdKind::digits, ContainerRuntime::crio},
    OwnName{"crio-", "", IdKind::digits, ContainerRuntime::crio},
    OwnName{"lxc.payload.", "", IdKind::name, ContainerRuntime::lxc},
    OwnName{"systemd-nspawn@", ".service", IdKind::name, ContainerRuntime::nspawn},
    // Digits alone: who made them stands in the parent, or nowhere.
    OwnName{"", "", IdKind::digits, ContainerRuntime::unknown},
};

// A component whose child is a container.
struct ParentName {
  std::string_view name;
  IdKind kind;
  ContainerRuntime runtime;
};

constexpr std::array kParentNames{
    ParentName{"docker", IdKind::digits, ContainerRuntime::docker},
    ParentName{"libpod_parent", IdKind::digits, ContainerRuntime::podman},
    ParentName{"k8s.io", IdKind::digits, ContainerRuntime::containerd},  // ctr's namespace of the kubelet
    ParentName{"lxc", IdKind::name, ContainerRuntime::lxc},
    ParentName{"lxc.payload", IdKind::name, ContainerRuntime::lxc},
};

// containerd with the systemd driver's argument and the cgroupfs driver:
// "kubepods-...slice:cri-containerd:ID".
constexpr std::array kColonNames{
    OwnName{"cri-containerd", "", IdKind::digits, ContainerRuntime::containerd},
    OwnName{"crio", "", IdKind::digits, ContainerRuntime::crio},
    OwnName{"docker", "", IdKind::digits, ContainerRuntime::docker},
};

struct Container {
  std::string_view id;
  ContainerRuntime runtime = ContainerRuntime::none;
};

bool is_id(std::string_view text, IdKind kind) {
  if (kind == IdKind::name) return !text.empty();
  return text.size() == kContainerIdLength && std::all_of(text.begin(), text.end(), is_hex);
}

Container by_colons(std::string_view component) {
  const std::size_t last = component.rfind(':');
  if (last == component.npos) return {};
  const std::string_view id = component.substr(last + 1);
  for (const OwnName& known : kColonNames) {
    const std::string_view before = component.substr(0, last);
    const bool named = before.ends_with(known.prefix) &&
                       before.substr(0, before.size() - known.prefix.size()).ends_with(':');
    if (named && is_id(id, known.kind)) return {id, known.runtime};
  }
  return {};
}

Container by_own_name(std::string_view component) {
  for (const OwnName& known : kOwnNames) {
    if (component.size() < known.prefix.size() + known.suffix.size()) continue;
    if (!component.starts_with(known.prefix) || !component.ends_with(known.suffix)) continue;
    std::string_view id = component;
    id.remove_prefix(known.prefix.size());
    id.remove_suffix(known.suffix.size());
    if (is_id(id, known.kind)) return {id, known.runtime};
  }
  return by_colons(component);
}

Container by_parent(std::string_view parent, std::string_view component) {
  for (const ParentName& known : kParentNames) {
    if (parent == known.name && is_id(component, known.kind)) return {component, known.runtime};
  }
  return {};
}

// The innermost.
Container find_container(const Components& components) {
  Container innermost;
  for (std::size_t i = 0; i < components.size(); ++i) {
    Container found = i == 0 ? Container{} : by_parent(components[i - 1], components[i]);
    if (found.runtime == ContainerRuntime::none) found = by_own_name(components[i]);
    if (found.runtime != ContainerRuntime::none) innermost = found;
  }
  return innermost;
}

// Dashes are underscores in a slice's name, where a dash means a slice within a slice.
std::string pod_uid_from(std::string_view text) {
  constexpr std::size_t kPlain = 32;
  constexpr std::size_t kDashed = 36;
  std::string uid(text);
  std::replace(uid.begin(), uid.end(), '_', '-');
  const auto dashes = static_cast<std::size_t>(std::count(uid.begin(), uid.end(), '-'));
  const bool sound = std::all_of(uid.begin(), uid.end(), [](char c) { return is_hex(c) || c == '-'; });
  const bool plain = uid.size() == kPlain && dashes == 0;
  const bool dashed = uid.size() == kDashed && dashes == kDashed - kPlain;
  return sound && (plain || dashed) ? uid : std::string();
}

// "podUID", or "kubepods-burstable-podUID.slice" with or without a container behind a colon.
std::string pod_uid_of(std::string_view component) {
  if (component.starts_with("pod")) return pod_uid_from(component.substr(3));
  constexpr std::string_view kMark = "-pod";
  const std::size_t end = component.find(".slice");
  const std::size_t mark = component.substr(0, end).rfind(kMark);
  if (end == component.npos || mark == component.npos) return {};
  const std::size_t begin = mark + kMark.size();
  return pod_uid_from(component.substr(begin, end - begin));
}

std::string find_pod_uid(const Components& components) {
  std::string innermost;
  for (const std::string_view component : components) {
    if (std::string uid = pod_uid_of(component); !uid.empty()) innermost = std::move(uid);
  }
  return innermost;
}

bool is_user_manager(std::string_view unit) {
  return unit.starts_with("user@") && unit.ends_with(".service");
}

bool is_service(std::string_view unit) {
  return unit.ends_with(".service");
}

}  // namespace

CgroupNames parse_cgroup_path(std::string_view path) {
  const Components components = split(path);
  std::span<const std::string_view> rest(components);
  CgroupNames names;
  const ManagedUnit system = take_unit(rest);
  names.unit = system.unit;
  names.slice = system.slice;
  if (is_user_manager(system.unit)) {
    const ManagedUnit user = take_unit(rest);
    names.user_unit = user.unit;
    names.user_slice = user.slice;
  }
  const Container container = find_container(components);
  names.container = container.id;
  names.runtime = container.runtime;
  names.pod_uid = find_pod_uid(components);
  return names;
}

std::string_view service_of(const CgroupNames& names) {
  const bool in_manager_itself = names.user_unit.empty() || names.user_unit == "init.scope";
  const std::string_view unit = in_manager_itself ? names.unit : names.user_unit;
  return is_service(unit) ? unit : std::string_view();
}

std::string_view to_string(ContainerRuntime runtime) {
  switch (runtime) {
    case ContainerRuntime::none:
      return "none";
    case ContainerRuntime::unknown:
      return "unknown";
    case ContainerRuntime::docker:
      return "docker";
    case ContainerRuntime::podman:
      return "podman";
    case ContainerRuntime::containerd:
      return "containerd";
    case ContainerRuntime::crio:
      return "crio";
    case ContainerRuntime::lxc:
      return "lxc";
    case ContainerRuntime::nspawn:
      return "nspawn";
  }
  return "none";
}

std::string_view to_string(CgroupSource source) {
  return source == CgroupSource::socket ? "socket" : "holder";
}

}  // namespace tcptable
