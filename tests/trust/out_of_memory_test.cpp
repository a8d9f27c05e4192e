// SPDX-License-Identifier: MIT
// Each allocation of each call fails in turn, once and for good: an error that says so, nothing lost, and no
// success but the right one.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <functional>
#include <new>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/closing.hpp"
#include "support/failing_allocations.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"
#include "trust/open_descriptors.hpp"

namespace tcptable::test {
namespace {

enum class Verdict { right, no_memory, other_error, wrong };

Error last_error;  // for the failure's message

// Without memory BPF programs are no more to be had than without the kernel's help, and the choice of a
// backend goes on; libelf and libbpf don't always tell why they failed.
bool says_no_memory(const Error& error) {
  return error.code == Errc::no_memory || error.step == Step::load_bpf;
}

template <typename T>
Verdict judge(const Result<T>& result, bool right) {
  if (result) return right ? Verdict::right : Verdict::wrong;
  last_error = result.error();
  return says_no_memory(last_error) ? Verdict::no_memory : Verdict::other_error;
}

// The sockets that are asked about: a listener, a connection, and one that waits to be accepted.
class Scene {
 public:
  Endpoint local() const { return local_; }
  SocketKey listener_key() const { return {Protocol::tcp, local_, nowhere_}; }
  SocketKey connection_key() const { return {Protocol::tcp, local_, client_}; }

  bool is_told_by(const Snapshot& snapshot) const {
    const SocketRow* row = find_row(snapshot, local_, nowhere_);
    const Process* owner = row == nullptr ? nullptr : snapshot.owner(*row);
    return snapshot.rows().size() == kRows && owner != nullptr && owner->pid == self_;
  }

  static constexpr std::size_t kRows = 5;

 private:
  static Fd connect_without_accept(const Endpoint& where) {
    Fd client = open_socket(where.family, SOCK_STREAM);
    connect_to(client.get(), where);
    return client;
  }

  const pid_t self_ = ::getpid();
  const Fd listener_ = listen_on(loopback(Family::ipv4));
  const Endpoint local_ = local_endpoint(listener_.get());
  const Endpoint nowhere_ = nowhere(Family::ipv4);
  const Connection connection_ = make_connection(listener_);
  const Endpoint client_ = local_endpoint(connection_.client.get());
  const Fd unaccepted_ = connect_without_accept(local_);
};

using Call = std::function<Verdict(const Scene&)>;

Verdict run(const Call& call, const Scene& scene) try { return call(scene); } catch (const std::bad_alloc&) {
  return Verdict::no_memory;  // as some calls are documented
}

class OutOfMemory : public WithEachBackend {
 protected:
  void SetUp() override {
    if (const auto reason = enter_small_network_namespace()) GTEST_SKIP() << *reason;
    WithEachBackend::SetUp();
  }

  // How many allocations the call makes.
  int sweep(const Scene& scene, Failing failing, const Call& call) {
    constexpr int kMost = 20'000;
    for (int count = 0; count < kMost; count += step_) {
      const int descriptors = open_descriptors();
      Verdict verdict = Verdict::wrong;
      {
        const FailingAllocations failing_now(count, failing);
        verdict = run(call, scene);
      }
      EXPECT_EQ(open_descriptors(), descriptors) << "after " << count;
      if (!FailingAllocations::has_failed()) {
        EXPECT_EQ(verdict, Verdict::right) << "after " << count;
        return count;
      }
      EXPECT_TRUE(verdict == Verdict::right || verdict == Verdict::no_memory)
          << to_string(last_error) << " after " << count;
      if (HasFailure()) return 0;
    }
    ADD_FAILURE() << "never succeeded";
    return 0;
  }

  void expect_no_harm(const Call& call, bool may_need_none = false) {
    const Scene scene;
    ASSERT_EQ(run(call, scene), Verdict::right);
    for (const Failing failing : {Failing::one, Failing::all_from_it}) {
      long living = living_allocations();
      const int allocations = sweep(scene, failing, call);
      // What is kept from call to call may have been made anew, and larger.
      if (living_allocations() != living) {
        living = living_allocations();
        sweep(scene, failing, call);
      }
      EXPECT_EQ(living_allocations(), living);
      RecordProperty("allocations", allocations);
      EXPECT_TRUE(allocations > 0 || may_need_none);
    }
  }

  int step_ = 1;
};

INSTANTIATE_TEST_SUITE_P(Backend, OutOfMemory, ::testing::Values("bpf", "sock_diag", "procfs"), backend_of);

TEST_P(OutOfMemory, InASnapshotIsAnError) {
  Query query = what_can_be_listed(Query());
  query.cgroups = GetParam() == std::string("bpf");  // the others know no more of them, at length
  expect_no_harm([query](const Scene& scene) {
    const auto snapshot = take_snapshot(query);
    return judge(snapshot, snapshot && scene.is_told_by(*snapshot));
  });
}

TEST_P(OutOfMemory, InASnapshotWhoseOwnersAreFoundLaterIsAnError) {
  Query query = what_can_be_listed(Query());
  query.owners = false;
  expect_no_harm([query](const Scene& scene) {
    auto snapshot = take_snapshot(query);
    if (!snapshot) return judge(snapshot, false);
    const auto found = snapshot->find_owners();
    return judge(found, scene.is_told_by(*snapshot));
  });
}

TEST_P(OutOfMemory, InACountIsAnError) {
  const Query query = what_can_be_listed(Query());
  expect_no_harm(
      [query](const Scene&) {
        const auto count = count_sockets(query);
        return judge(count, count == Scene::kRows);
      },
      GetParam() == std::string("bpf"));
}

TEST_P(OutOfMemory, InASessionIsAnError) {
  const Query query = what_can_be_listed(Query());
  expect_no_harm([query](const Scene& scene) {
    auto session = Session::open(query);
    if (!session) return judge(session, false);
    const auto first = session->changes();
    if (!first) return judge(first, false);
    const auto second = session->changes();
    return judge(second,
                 second && second->added.empty() && second->removed.empty() && scene.is_told_by(second->now));
  });
}

// What was asked last is lost, and is not an empty table with owners.
TEST_P(OutOfMemory, LeavesASessionThatKnowsThatItHasNoSnapshot) {
  const Query query = what_can_be_listed(Query());
  const Scene scene;
  int failures = 0;
  for (int count = 0;; ++count) {
    auto session = Session::open(query);
    ASSERT_TRUE(session && session->snapshot());
    const bool taken = [&] {
      const FailingAllocations failing(count, Failing::all_from_it);
      return session->snapshot().has_value();
    }();
    if (taken) break;
    ++failures;
    const auto found = session->find_owners();
    ASSERT_FALSE(found) << "after " << count;
    EXPECT_EQ(found.error().code, Errc::not_found);
  }
  // By BPF a table that doesn't grow needs no memory.
  EXPECT_TRUE(failures > 0 || std::string_view(GetParam()) == "bpf");
}

TEST_P(OutOfMemory, LeavesASessionThatTellsTheSameChangesAgain) {
  const Query query = what_can_be_listed(Query());
  const Scene scene;
  for (int count = 0;; ++count) {
    auto session = Session::open(query);
    ASSERT_TRUE(session && session->changes());
    const Fd added = listen_on(loopback(Family::ipv4));
    const bool told = [&] {
      const FailingAllocations failing(count, Failing::all_from_it);
      return session->changes().has_value();
    }();
    if (told) break;
    const auto again = session->changes();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->added.size(), 1U) << "after " << count;
    EXPECT_EQ(again->removed.size(), 0U) << "after " << count;
  }
}

// How a process that has loaded no programs yet gets on when loading has failed `count` allocations on.
std::string outcome_after_loading_without_memory(int count) {
  Query query;
  query.cookies = false;  // what BPF can answer
  {
    const FailingAllocations failing(count, Failing::all_from_it);
    static_cast<void>(count_sockets(query));
  }
  if (!FailingAllocations::has_failed()) return "loaded";
  ::unsetenv("TCPTABLE_BACKEND");
  constexpr int kUntilWorthLoading = 30;
  for (int i = 0; i < kUntilWorthLoading; ++i) {
    if (const auto snapshot = take_snapshot(query); !snapshot) return to_string(snapshot.error());
  }
  return "";
}

TEST_P(OutOfMemory, WhileTheProgramsAreLoadedIsForgottenWhenThereIsMemory) {
  if (GetParam() != std::string("bpf")) GTEST_SKIP() << "SKIP: by bpf alone";
  constexpr int kFew = 13;
  for (int count = 0;; count += kFew) {
    const Child child([count] { return outcome_after_loading_without_memory(count); });
    if (child.report() == "loaded") break;
    ASSERT_EQ(child.report(), "") << "after " << count;
  }
}

TEST_P(OutOfMemory, InAQuestionForASocketOrItsOwnerIsAnError) {
  if (GetParam() != std::string("sock_diag")) GTEST_SKIP() << "SKIP: the same whichever backend is forced";
  expect_no_harm([](const Scene& scene) {
    const auto found = inspect_socket(scene.connection_key());
    return judge(found, found && found->row.state == State::established);
  });
  expect_no_harm([](const Scene& scene) {
    const auto found = owner_of(scene.listener_key());
    return judge(found, found && found->owner && found->owner->pid == ::getpid());
  });
}

TEST_P(OutOfMemory, InWhatIsReadOfAProcessIsAnError) {
  if (GetParam() != std::string("sock_diag")) GTEST_SKIP() << "SKIP: the same whichever backend is forced";
  expect_no_harm([](const Scene&) {
    const auto described = describe_process(::getpid());
    return judge(described, described && described->executable && described->cgroup);
  });
  const auto self = describe_process(::getpid());
  ASSERT_TRUE(self);
  expect_no_harm([&](const Scene&) {
    const auto words = command_line_of(self->process);
    return judge(words, words && !words->empty());
  });
  expect_no_harm([&](const Scene&) {
    const auto sockets = socket_descriptors_of(self->process);
    return judge(sockets, sockets && sockets->size() >= 4);
  });
}

TEST_P(OutOfMemory, InAStatisticIsAnError) {
  expect_no_harm([](const Scene&) {
    const auto statistics = tcp_statistics(Family::ipv4);
    return judge(statistics, statistics.has_value());
  });
  expect_no_harm([](const Scene&) {
    const auto statistics = ip_statistics(Family::ipv4);
    return judge(statistics, statistics && statistics->interfaces > 0);
  });
}

TEST_P(OutOfMemory, InAStreamOfEventsIsAnError) {
  if (GetParam() == std::string("procfs")) GTEST_SKIP() << "SKIP: no events by procfs";
  // Each try loads the programs: all are made where TCPTABLE_EVERY_ALLOCATION is set.
  constexpr int kFew = 37;
  if (GetParam() == std::string("bpf") && std::getenv("TCPTABLE_EVERY_ALLOCATION") == nullptr) step_ = kFew;
  expect_no_harm([](const Scene&) {
    auto stream = EventStream::open({});
    if (!stream) return judge(stream, false);
    std::array<Event, 4> events;
    const auto read = stream->read(events);
    return judge(read, true);
  });
}

// What was not closed lives, and what was is gone.
TEST_P(OutOfMemory, InAClosingIsAnErrorAndClosesNothing) {
  if (GetParam() != std::string("sock_diag")) GTEST_SKIP() << "SKIP: the same whichever backend is forced";
  if (const auto reason = reason_against_closing()) GTEST_SKIP() << *reason;
  const Fd listener = listen_on(loopback(Family::ipv4));
  for (int count = 0;; ++count) {
    const Connection connection = make_connection(listener);
    const SocketKey key{Protocol::tcp, local_endpoint(connection.client.get()),
                        local_endpoint(listener.get())};
    const Result<void> closed = [&] {
      const FailingAllocations failing(count, Failing::all_from_it);
      return close_connection(key);
    }();
    ASSERT_EQ(find_socket(key).has_value(), !closed.has_value()) << "after " << count;
    if (closed) break;
    EXPECT_EQ(closed.error().code, Errc::no_memory);
  }
}

}  // namespace
}  // namespace tcptable::test
