// SPDX-License-Identifier: MIT
// The way of a question: the socket, and the listener where it waits to be accepted; the holder where he is
// likely to be; the whole walk where he isn't.
#include "api/owner_finder.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>

#include "backend/backend.hpp"
#include "backend/sock_diag/socket_lookup.hpp"
#include "model/row_rules.hpp"
#include "owner/attribution.hpp"
#include "owner/find_owners.hpp"

namespace tcptable {
namespace api {
namespace {

// One question on its way to an answer. While it is open, `rows` are the socket and, where that waits to be
// accepted, the listeners on its port.
struct Question {
  Result<SocketOwner> answer;
  std::vector<SocketRow> rows;

  bool open() const { return !rows.empty(); }
  void close(Result<SocketOwner> with) {
    answer = std::move(with);
    rows.clear();
  }
};

// Rows with their holders, as attribution fills them.
struct Attributed {
  std::vector<SocketRow> rows;
  std::vector<Process> processes;
  std::vector<std::uint32_t> holders;
  std::vector<RowKey> keys;  // none: told by cookie

  std::vector<std::uint32_t> open;

  owner::OwnedRows owned() {
    const owner::OwnedRows all{rows, processes, holders, owner::Identity::cookie, keys, open};
    owner::list_open(all);
    return all;
  }

  void set_holder(SocketRow& row, Process process) {
    row.first_holder = static_cast<std::uint32_t>(holders.size());
    row.holder_count = 1;
    row.owner_status = OwnerStatus::known;
    holders.push_back(static_cast<std::uint32_t>(processes.size()));
    processes.push_back(std::move(process));
  }

  SocketOwner owner_of(const SocketRow& row) const {
    SocketOwner result{row, std::nullopt};
    if (row.holder_count != 0) result.owner = processes[holders[row.first_holder]];
    result.row.first_holder = result.row.holder_count = 0;
    return result;
  }
};

// Listeners have a short table of their own in the kernel; established sockets aren't visited.
Result<void> add_listeners(sys::Kernel& kernel, std::vector<SocketRow>& rows) {
  Query query;
  query.states = {State::listen};
  backend::RowTable listeners;
  if (auto read = backend::kSockDiag.collect(kernel, query, listeners); !read) return read;
  const std::uint16_t port = rows.front().local.port;
  std::copy_if(listeners.rows.begin(), listeners.rows.end(), std::back_inserter(rows),
               [port](const SocketRow& row) { return row.local.port == port; });
  return {};
}

Question ask(sys::Kernel& kernel, const SocketKey& key) {
  auto found = backend::look_up(kernel, {key, backend::Match::served, false});
  if (!found) return {tl::unexpected(found.error()), {}};
  SocketRow& row = found->row;
  if (const auto status = model::ownerless_status(row)) {
    row.owner_status = *status;
    return {SocketOwner{row, std::nullopt}, {}};
  }
  Question question{SocketOwner{row, std::nullopt}, {row}};
  if (!model::waits_for_accept(row)) return question;
  if (auto added = add_listeners(kernel, question.rows); !added)
    question.close(tl::unexpected(added.error()));
  return question;
}

Result<void> look_nearby(owner::HolderSearch& search, Question& question) {
  Attributed found{question.rows, {}, {}, {}, {}};
  for (SocketRow& row : found.rows) {
    if (!owner::lacks_holder(row)) continue;
    auto holder = search.find_nearby({row.inode, row.uid});
    if (!holder) return tl::unexpected(holder.error());
    if (!*holder) return {};
    found.set_holder(row, std::move(**holder));
  }
  owner::assign_unaccepted(found.owned());
  question.close(found.owner_of(found.rows.front()));
  return {};
}

Result<void> look_nearby(owner::HolderSearch& search, std::vector<Question>& questions) {
  for (Question& question : questions) {
    if (!question.open()) continue;
    if (auto looked = look_nearby(search, question); !looked) return looked;
  }
  return {};
}

Result<owner::RereadTable> read_again(sys::Kernel& kernel, const std::vector<SocketRow>& rows) {
  owner::RereadTable alive;
  for (const SocketRow& row : rows) {
    auto found = backend::look_up(kernel, {key_of(row), backend::Match::named, false});
    if (found) alive.rows.push_back(found->row);
    if (!found && found.error().code != Errc::not_found) return tl::unexpected(found.error());
  }
  return alive;
}

// Every process's descriptors, threads' own tables too, and the reason where nobody has a socket; once for
// all open questions.
Result<void> look_at_all(sys::Kernel& kernel, std::vector<Question>& questions) {
  Attributed all;
  for (const Question& question : questions) {
    all.rows.insert(all.rows.end(), question.rows.begin(), question.rows.end());
  }
  if (all.rows.empty()) return {};
  const auto walk = owner::walk_by_proc(kernel);
  const auto reread = [&] { return read_again(kernel, all.rows); };
  auto found = owner::find_owners(kernel, *walk, {all.owned(), reread});
  if (!found) return tl::unexpected(found.error());
  std::size_t first = 0;
  for (Question& question : questions) {
    if (!question.open()) continue;
    const SocketRow& row = all.rows[first];
    first += question.rows.size();
    question.close(all.owner_of(row));
  }
  return {};
}

Result<owner::HolderSearch*> search_of(FinderState& state) {
  if (!state.search) {
    auto opened = owner::HolderSearch::open(state.kernel);
    if (!opened) return tl::unexpected(opened.error());
    state.search.emplace(std::move(*opened));
  }
  return &*state.search;
}

// What is still sought, and for whom: no user where the sockets are several users'.
struct Missing {
  std::unordered_set<std::uint32_t> inodes;
  std::optional<std::uint32_t> uid;
};

Missing missing_in(const std::vector<Question>& questions) {
  Missing missing;
  bool one_user = true;
  for (const Question& question : questions) {
    for (const SocketRow& row : question.rows) {
      if (!owner::lacks_holder(row)) continue;
      one_user = one_user && (missing.inodes.empty() || row.uid == missing.uid);
      missing.uid = row.uid;
      missing.inodes.insert(row.inode);
    }
  }
  if (!one_user) missing.uid.reset();
  return missing;
}

Result<void> answer_all(FinderState& state, std::vector<Question>& questions) {
  auto search = search_of(state);
  if (!search) return tl::unexpected(search.error());
  if (auto looked = look_nearby(**search, questions); !looked) return looked;
  Missing missing = missing_in(questions);
  if (missing.inodes.empty()) return {};
  auto looked = (*search)->look_everywhere(std::move(missing.inodes), missing.uid);
  if (looked) looked = look_nearby(**search, questions);
  if (looked) looked = look_at_all(state.kernel, questions);
  return looked;
}

}  // namespace

std::vector<Result<SocketOwner>> find_owners_of(FinderState& state, std::span<const SocketKey> keys) {
  std::vector<Question> questions;
  questions.reserve(keys.size());
  for (const SocketKey& key : keys) questions.push_back(ask(state.kernel, key));
  const auto done = answer_all(state, questions);
  std::vector<Result<SocketOwner>> answers;
  answers.reserve(keys.size());
  for (Question& question : questions) {
    if (!done && question.open()) question.close(tl::unexpected(done.error()));
    answers.push_back(std::move(question.answer));
  }
  return answers;
}

}  // namespace api

struct OwnerFinder::State : api::FinderState {};

OwnerFinder::OwnerFinder() : state_(new State{{sys::real_kernel(), std::nullopt}}) {}
OwnerFinder::OwnerFinder(OwnerFinder&&) noexcept = default;
OwnerFinder& OwnerFinder::operator=(OwnerFinder&&) noexcept = default;
OwnerFinder::~OwnerFinder() = default;

Result<SocketOwner> OwnerFinder::owner_of(const SocketKey& key) {
  return owners_of({&key, 1}).front();
}

std::vector<Result<SocketOwner>> OwnerFinder::owners_of(std::span<const SocketKey> keys) {
  return api::find_owners_of(*state_, keys);
}

Result<SocketOwner> owner_of(const SocketKey& key) {
  return OwnerFinder().owner_of(key);
}

}  // namespace tcptable
