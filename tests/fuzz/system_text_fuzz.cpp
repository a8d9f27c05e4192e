// SPDX-License-Identifier: MIT
// Any bytes as the texts of /proc and as a cgroup's path: no crash, and nothing that was not in them.
#include <array>

#include <tcptable/cgroup.hpp>

#include "backend/hashed_sockets.hpp"
#include "backend/procfs/net_table.hpp"
#include "fuzz/byte_source.hpp"
#include "model/cgroup_membership.hpp"
#include "model/counters.hpp"
#include "model/mount_table.hpp"
#include "model/system_text.hpp"
#include "owner/clock_offsets.hpp"
#include "owner/process_stat.hpp"
#include "owner/process_text.hpp"

namespace {

using tcptable::test::require;

bool is_within(std::string_view part, std::string_view text) {
  return text.find(part) != std::string_view::npos;
}

void check_processes(std::string_view text) {
  const auto stat = tcptable::owner::parse_process_stat(text);
  if (stat) require(is_within(stat->process.name, text));
  static_cast<void>(tcptable::owner::parse_clock_offsets(text));
  static_cast<void>(tcptable::owner::parse_effective_uid(text));
  static_cast<void>(tcptable::owner::tells_of_a_path_alone(text));
  const auto inode = tcptable::owner::parse_socket_link(text);
  if (inode) require(is_within("socket:[", text));
}

void check_mounts(std::string_view text) {
  static_cast<void>(tcptable::model::find_cgroup2_mount(text));
  for (const auto& mount : tcptable::model::find_namespace_mounts(text))
    require(mount.name().size() <= mount.point.size());
  const auto mounts = tcptable::model::parse_mounts(text);
  require(mounts.hidepid.empty() || is_within(mounts.hidepid, text));
  static_cast<void>(tcptable::model::parse_namespace_link(text));
}

void check_cgroups(std::string_view text) {
  const auto path = tcptable::model::cgroup_path_of_process(text);
  if (path) require(path->starts_with('/'));
  static_cast<void>(tcptable::model::has_systemd_hierarchy(text));
  const auto names = tcptable::parse_cgroup_path(text);
  const std::string_view service = service_of(names);
  require(service.empty() || service == names.unit || service == names.user_unit);
  require(is_within(names.container, text));
}

void check_tables(std::string_view text) {
  constexpr std::array<tcptable::Protocol, 2> kProtocols{tcptable::Protocol::tcp, tcptable::Protocol::udp};
  constexpr std::array<tcptable::Family, 2> kFamilies{tcptable::Family::ipv4, tcptable::Family::ipv6};
  for (const auto protocol : kProtocols) {
    for (const auto family : kFamilies) {
      static_cast<void>(tcptable::backend::parse_hashed_sockets(text, family));
      auto rows = tcptable::backend::parse_net_table(text, {protocol, family});
      if (!rows) continue;
      tcptable::backend::set_scope_ids(*rows, tcptable::backend::parse_if_inet6(text));
      for (const auto& row : *rows) require(row.local.family == family && row.protocol == protocol);
    }
  }
}

void check_counters(std::string_view text) {
  tcptable::model::Counters counters;
  static_cast<void>(tcptable::model::add_snmp(counters, text));
  static_cast<void>(tcptable::model::add_snmp6(counters, text));
  static_cast<void>(tcptable::model::tcp_counters(counters));
  for (const auto family : {tcptable::Family::ipv4, tcptable::Family::ipv6}) {
    static_cast<void>(tcptable::model::udp_counters(counters, family));
    static_cast<void>(tcptable::model::ip_counters(counters, family));
    static_cast<void>(tcptable::model::icmp_counters(counters, family));
  }
}

void check_words(std::string_view text) {
  static_cast<void>(tcptable::model::parse_effective_capabilities(text));
  static_cast<void>(tcptable::model::parse_seccomp_mode(text));
  require(is_within(tcptable::model::chosen_word(text), text));
  static_cast<void>(tcptable::model::parse_release(text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto check :
       {check_processes, check_mounts, check_cgroups, check_tables, check_counters, check_words})
    check(text);
  return 0;
}
