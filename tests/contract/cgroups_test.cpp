// SPDX-License-Identifier: MIT
// The unit of each socket, against control groups that the test makes and puts processes in.
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/network_namespace.hpp"
#include "support/privileges.hpp"
#include "support/sockets.hpp"
#include "support/unit_cgroup.hpp"

namespace tcptable::test {
namespace {

Query with_cgroups() {
  Query query = everything();
  query.cgroups = true;
  return query;
}

// A listener, made by a process of the unit, whose descriptor the test does not have.
class Service {
 public:
  Service(const std::string& unit, Hierarchy hierarchy) : group_(unit, hierarchy) {
    listener_ = open_socket(Family::ipv4, SOCK_STREAM);
    bind_to(listener_.get(), loopback(Family::ipv4));
    local_ = local_endpoint(listener_.get());
    listener_.reset();
    holder_.emplace([this]() -> std::string {
      group_.add(::getpid());
      listener_ = listen_on(local_);
      return "";
    });
    if (!holder_->report().empty()) throw std::runtime_error(holder_->report());
  }

  const UnitCgroup& group() const { return group_; }
  const Endpoint& local() const { return local_; }
  pid_t pid() const { return holder_->pid(); }

 private:
  UnitCgroup group_;
  Fd listener_;
  Endpoint local_;
  std::optional<Child> holder_;
};

// Or nullptr, with the reason.
std::unique_ptr<Service> start(const std::string& unit, Hierarchy hierarchy, std::string& reason) {
  try {
    return std::make_unique<Service>(unit, hierarchy);
  } catch (const std::exception& failure) {
    reason = std::string("needs a cgroup hierarchy to write to: ") + failure.what();
    return nullptr;
  }
}

const SocketCgroup* cgroup_of_listener(const Snapshot& snapshot, const Endpoint& local) {
  const SocketRow* row = find_row(snapshot, local, nowhere(local.family));
  return row == nullptr ? nullptr : snapshot.cgroup(*row);
}

// "unit path source", or why there is none.
std::string told_of(const Snapshot& snapshot, const Endpoint& local) {
  const SocketCgroup* cgroup = cgroup_of_listener(snapshot, local);
  if (cgroup == nullptr) return "no cgroup";
  return cgroup->names.unit + " " + cgroup->path + " " + std::string(to_string(cgroup->source));
}

bool systemd_has_a_hierarchy_of_its_own() {
  std::ifstream file("/proc/self/cgroup");
  std::stringstream text;
  text << file.rdbuf();
  return text.str().find("name=systemd") != std::string::npos;
}

class Cgroups : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, Cgroups, ::testing::Values("bpf", "sock_diag", "procfs"), backend_of);

TEST_P(Cgroups, ASocketOfAUnitHasItsName) {
  for (const Hierarchy hierarchy : {Hierarchy::of_service_manager, Hierarchy::unified}) {
    std::string reason;
    const auto service = start("tcptable-web.service", hierarchy, reason);
    if (!service) GTEST_SKIP() << reason;
    const Snapshot snapshot = snapshot_of(with_cgroups());
    const SocketCgroup* cgroup = cgroup_of_listener(snapshot, service->local());
    ASSERT_NE(cgroup, nullptr);
    EXPECT_EQ(cgroup->names.unit, "tcptable-web.service");
    EXPECT_EQ(cgroup->names.slice, service->group().slice());
    EXPECT_EQ(cgroup->path, service->group().path());
    EXPECT_TRUE(snapshot.completeness().cgroups);
  }
}

TEST_P(Cgroups, AContainersSocketsHaveItsId) {
  const std::string id(64, 'a');
  std::string reason;
  const auto service = start("docker-" + id + ".scope", Hierarchy::unified, reason);
  if (!service) GTEST_SKIP() << reason;
  const Snapshot snapshot = snapshot_of(with_cgroups());
  const SocketCgroup* cgroup = cgroup_of_listener(snapshot, service->local());
  ASSERT_NE(cgroup, nullptr);
  EXPECT_EQ(cgroup->names.container, id);
  EXPECT_EQ(to_string(cgroup->names.runtime), "docker");
}

using SocketsCgroups = InOwnNamespace;

TEST_F(SocketsCgroups, AnOrdinaryUserSeesTheUnitOfASocketWhosePidHeMayNotSee) {
  if (!may_become_nobody()) GTEST_SKIP() << "needs root and a second user id";
  std::string reason;
  const auto service = start("tcptable-web.service", Hierarchy::unified, reason);
  if (!service) GTEST_SKIP() << reason;
  const Child child([&]() -> std::string {
    become_nobody();
    const Snapshot snapshot = snapshot_of(with_cgroups());
    const SocketRow* row = find_row(snapshot, service->local(), nowhere(Family::ipv4));
    if (row == nullptr) return "no row";
    if (row->owner_status != OwnerStatus::not_permitted) return std::string(to_string(row->owner_status));
    return told_of(snapshot, service->local());
  });
  EXPECT_EQ(child.report(), "tcptable-web.service " + service->group().path() + " socket");
}

TEST_P(Cgroups, WithoutOwnersTheKernelsNoteIsEnoughForThoseWhoReadIt) {
  std::string reason;
  const auto service = start("tcptable-web.service", Hierarchy::unified, reason);
  if (!service) GTEST_SKIP() << reason;
  Query query = with_cgroups();
  query.owners = false;
  const std::string told = "tcptable-web.service " + service->group().path() + " socket";
  const bool has_notes = std::string_view(GetParam()) != "procfs";
  EXPECT_EQ(told_of(snapshot_of(query), service->local()), has_notes ? told : "no cgroup");
}

TEST_F(SocketsCgroups, OfAProcessThatMovedTheSocketStaysOrGoesAlongAsTheHostHasIt) {
  std::string reason;
  const auto service = start("tcptable-web.service", Hierarchy::unified, reason);
  if (!service) GTEST_SKIP() << reason;
  service->group().remove(service->pid());
  const std::string made_in = "tcptable-web.service " + service->group().path() + " socket";
  Query query = with_cgroups();
  query.owners = false;
  EXPECT_EQ(told_of(snapshot_of(query), service->local()), made_in);
  // In the root, the owner says nothing, so that the kernel's note remains in either order.
  const std::string told = told_of(snapshot_of(with_cgroups()), service->local());
  const std::string moved = systemd_has_a_hierarchy_of_its_own() ? told : made_in;
  EXPECT_EQ(told, moved);
}

TEST_F(SocketsCgroups, OfAGroupThatWasRemovedNothingIsSaid) {
  std::string reason;
  const auto service = start("tcptable-web.service", Hierarchy::unified, reason);
  if (!service) GTEST_SKIP() << reason;
  service->group().remove(service->pid());
  service->group().dissolve();
  Query query = with_cgroups();
  query.owners = false;
  const Snapshot snapshot = snapshot_of(query);
  EXPECT_EQ(told_of(snapshot, service->local()), "no cgroup");
  EXPECT_FALSE(snapshot.completeness().cgroups);
}

TEST_F(SocketsCgroups, TimeWaitHasNone) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  Connection connection = make_connection(listener);
  const Endpoint client = local_endpoint(connection.client.get());
  connection.client.reset();
  connection.server.reset();
  const Snapshot snapshot = snapshot_of(with_cgroups());
  const SocketRow* row = find_row(snapshot, client, local_endpoint(listener.get()));
  ASSERT_NE(row, nullptr);
  ASSERT_EQ(to_string(row->state), "time_wait");
  EXPECT_EQ(snapshot.cgroup(*row), nullptr);
  EXPECT_TRUE(snapshot.completeness().cgroups);
}

TEST_F(SocketsCgroups, OwnersFoundLaterNameThem) {
  std::string reason;
  const auto service = start("tcptable-web.service", Hierarchy::of_service_manager, reason);
  if (!service) GTEST_SKIP() << reason;
  Query query = with_cgroups();
  query.owners = false;
  Snapshot snapshot = snapshot_of(query);
  ASSERT_TRUE(snapshot.find_owners());
  const SocketCgroup* cgroup = cgroup_of_listener(snapshot, service->local());
  ASSERT_NE(cgroup, nullptr);
  EXPECT_EQ(cgroup->path, service->group().path());
}

}  // namespace
}  // namespace tcptable::test
