// SPDX-License-Identifier: MIT
#include "api/row_source.hpp"

#include <fcntl.h>
#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

#include "sys/file.hpp"
#include "sys/workers.hpp"

namespace tcptable::api {
namespace {

constexpr Step kStep = Step::enter_namespace;

// In the order in which rows of the snapshot already refer to them.
void keep_known(std::vector<backend::ListedNamespace>& listed, const std::vector<NetworkNamespace>& known) {
  std::vector<backend::ListedNamespace> kept;
  for (const NetworkNamespace& wanted : known) {
    const auto at = std::find_if(listed.begin(), listed.end(), [&](const backend::ListedNamespace& entry) {
      return entry.told.inode == wanted.inode;
    });
    kept.push_back(at == listed.end() ? backend::ListedNamespace{wanted, {}} : std::move(*at));
  }
  listed = std::move(kept);
}

bool is_lack_of_permission(const Error& error) {
  return error.code == Errc::not_permitted;
}

// The file's process has ended, or its pid is another's by now, whose file this is.
bool means_nothing(const Error& error) {
  return error.sys_errno == ENOENT || error.sys_errno == ESRCH || error.sys_errno == EINVAL;
}

}  // namespace

Result<RowSource> RowSource::choose(sys::Kernel& kernel, const Query& query,
                                    std::string_view forced_backend) {
  RowSource source(kernel);
  source.forced_backend_ = forced_backend;
  if (auto found = source.find_backend(query); !found) return tl::unexpected(found.error());
  return source;
}

RowSource RowSource::by(sys::Kernel& kernel, const backend::Backend& backend) {
  RowSource source(kernel);
  source.forced_backend_ = backend.name;
  source.backend_ = &backend;
  return source;
}

RowSource RowSource::of(sys::Kernel& kernel, const Snapshot::Parts& parts) {
  RowSource source(kernel);
  source.forced_backend_ = parts.backend;
  source.known_ = &parts.namespaces;
  return source;
}

Result<void> RowSource::find_backend(const Query& query) {
  if (backend_ != nullptr) return {};
  auto backend = backend::choose_backend(*kernel_, query, forced_backend_);
  if (!backend) return tl::unexpected(backend.error());
  backend_ = *backend;
  return {};
}

Result<void> RowSource::collect(const Query& query, backend::RowTable& table) {
  if (auto found = find_backend(query); !found) return found;
  if (query.namespaces == Namespaces::current) return backend_->collect(*kernel_, query, table);
  if (auto listed = list_namespaces(); !listed) return listed;

  // A thread of the call's own: the caller's must never be in another namespace, not even for a moment.
  Result<backend::RowTable> whole = tl::unexpected(Error{Errc::no_memory, kStep, 0});
  const bool ran = sys::run_on_own_thread([&]() noexcept {
    try {
      whole = collect_everywhere(query);
    } catch (const std::bad_alloc&) {
      whole = tl::unexpected(Error{Errc::no_memory, kStep, ENOMEM});
    }
  });
  if (!ran) return tl::unexpected(Error{Errc::no_memory, kStep, EAGAIN});
  if (!whole) return tl::unexpected(whole.error());
  table = std::move(*whole);
  return {};
}

Result<void> RowSource::list_namespaces() {
  if (list_) return {};
  auto list = backend::list_network_namespaces(*kernel_);
  if (!list) return tl::unexpected(list.error());
  if (known_ != nullptr) keep_known(list->namespaces, *known_);
  list_ = std::move(*list);
  return {};
}

Result<backend::RowTable> RowSource::collect_everywhere(const Query& query) {
  const auto here = backend::current_network_namespace(*kernel_);
  if (!here) return tl::unexpected(here.error());
  backend::RowTable whole;
  auto& namespaces = list_->namespaces;
  for (std::uint32_t i = 0; i < namespaces.size(); ++i) {
    auto entered = i == 0 && namespaces[i].told.inode == *here ? true : enter(namespaces[i]);
    if (!entered) return tl::unexpected(entered.error());
    if (!*entered) continue;
    backend::RowTable table;
    auto collected = backend_->collect(*kernel_, query, table);
    if (!collected) return tl::unexpected(collected.error());
    table.details.namespace_of_row.assign(table.rows.size(), i);
    append(whole, std::move(table));
  }
  return whole;
}

// False where it has gone, or may not be entered.
Result<bool> RowSource::enter(backend::ListedNamespace& wanted) {
  for (const std::string& path : wanted.files) {
    auto file = sys::open_at(*kernel_, {AT_FDCWD, path.c_str()}, 0, kStep);
    const int failed = file ? kernel_->set_namespace(file->get(), CLONE_NEWNET) : 0;
    if (!file || failed < 0) {
      const Error error = file ? sys::error_from_errno(kStep, -failed) : file.error();
      if (is_lack_of_permission(error)) wanted.told.not_entered = error;
      if (is_lack_of_permission(error) || means_nothing(error)) continue;
      return tl::unexpected(error);
    }
    const auto now = backend::current_network_namespace(*kernel_);
    if (!now) return tl::unexpected(now.error());
    if (*now != wanted.told.inode) continue;
    wanted.told.not_entered.reset();
    return true;
  }
  return false;
}

void RowSource::tell_namespaces(Snapshot::Parts& parts) const {
  if (!list_) return;
  for (const backend::ListedNamespace& entry : list_->namespaces) {
    parts.namespaces.push_back(entry.told);
    if (entry.told.not_entered) ++parts.completeness.namespaces_not_entered;
  }
  parts.completeness.processes_of_unknown_namespace = list_->unreadable_processes;
}

}  // namespace tcptable::api
