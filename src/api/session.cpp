// SPDX-License-Identifier: MIT
#include "api/session.hpp"

#include <utility>

namespace tcptable {
namespace api {

Result<const Snapshot*> take_snapshot(SessionState& state) {
  Snapshot::Parts parts = std::move(state.now).into_parts();
  auto taken = without_bad_alloc(Step::choose_backend, [&] {
    return take_again(state.kernel, state.query, state.forced_backend, parts, state.scratch);
  });
  if (!taken) {
    state.now = Snapshot({});
    return tl::unexpected(taken.error());
  }
  state.now = Snapshot(std::move(parts));
  return &state.now;
}

Result<const Snapshot*> find_owners(SessionState& state) {
  if (state.now.backend_name().empty())
    return tl::unexpected(Error{Errc::not_found, Step::list_processes, 0});
  Snapshot::Parts parts = std::move(state.now).into_parts();
  auto found = without_bad_alloc(Step::list_processes,
                                 [&] { return find_owners(state.kernel, parts, state.scratch); });
  state.now = Snapshot(std::move(parts));
  if (!found) return tl::unexpected(found.error());
  return &state.now;
}

Result<Changes> take_changes(SessionState& state) {
  std::swap(state.before, state.now);
  if (auto taken = take_snapshot(state); !taken) {
    std::swap(state.before, state.now);
    return tl::unexpected(taken.error());
  }
  const auto has_cookies = [](const Snapshot& snapshot) {
    return snapshot.backend_name() == backend::kSockDiag.name;
  };
  const bool by_cookie = has_cookies(state.before) && has_cookies(state.now);
  const auto compared = without_bad_alloc(Step::choose_backend, [&]() -> Result<void> {
    find_changes(state.before, state.now, by_cookie, state.changes);
    return {};
  });
  if (!compared) {
    std::swap(state.before, state.now);
    return tl::unexpected(compared.error());
  }
  return Changes{state.before, state.now, state.changes.added, state.changes.removed, state.changes.changed};
}

}  // namespace api

struct Session::State : api::SessionState {};

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::open(const Query& query) {
  return api::without_bad_alloc(Step::choose_backend, [&]() -> Result<Session> {
    auto state = std::make_unique<State>(State{{sys::real_kernel(), query, {}}});
    Session session(std::move(state));
    if (auto set = session.set_query(query); !set) return tl::unexpected(set.error());
    return session;
  });
}

Result<void> Session::set_query(const Query& query) {
  if (!api::can_be_answered(query))
    return tl::unexpected(Error{Errc::invalid_argument, Step::choose_backend, 0});
  if (query == state_->query) return {};
  state_->query = query;
  Snapshot::Parts parts = std::move(state_->now).into_parts();
  parts.rows.clear();
  parts.row_keys.clear();
  parts.backend = {};
  state_->now = Snapshot(std::move(parts));
  return {};
}

Result<const Snapshot*> Session::snapshot() {
  return api::without_bad_alloc(Step::choose_backend, [&] {
    state_->forced_backend = api::forced_by_environment();
    return api::take_snapshot(*state_);
  });
}

Result<const Snapshot*> Session::find_owners() {
  return api::without_bad_alloc(Step::choose_backend, [&] { return api::find_owners(*state_); });
}

Result<Changes> Session::changes() {
  return api::without_bad_alloc(Step::choose_backend, [&] {
    state_->forced_backend = api::forced_by_environment();
    return api::take_changes(*state_);
  });
}

}  // namespace tcptable
