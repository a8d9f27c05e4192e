// SPDX-License-Identifier: MIT
// Where the rows of one snapshot come from: one backend, in the caller's network namespace or in all.
#pragma once

#include "backend/backend.hpp"
#include "backend/network_namespaces.hpp"
#include "sys/kernel.hpp"

#include <tcptable/snapshot.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace tcptable::api {

class RowSource {
 public:
  /// The best backend for the query, or the forced one.
  static Result<RowSource> choose(sys::Kernel& kernel, const Query& query, std::string_view forced_backend);
  /// The backend that is known to answer.
  static RowSource by(sys::Kernel& kernel, const backend::Backend& backend);
  /// For more rows of a snapshot: its backend, in those of its namespaces that are still there. `parts` must
  /// outlive it.
  static RowSource of(sys::Kernel& kernel, const Snapshot::Parts& parts);

  const backend::Backend& backend() const { return *backend_; }

  /// Fills the table, whose memory it uses, with the query's rows; with Namespaces::all those of one
  /// namespace after the other.
  Result<void> collect(const Query& query, backend::RowTable& table);

  /// With Namespaces::all, what collect() found; tells `parts` which namespaces there are and what is
  /// missing.
  void tell_namespaces(Snapshot::Parts& parts) const;

 private:
  explicit RowSource(sys::Kernel& kernel) : kernel_(&kernel) {}

  Result<void> find_backend(const Query& query);
  Result<void> list_namespaces();
  Result<backend::RowTable> collect_everywhere(const Query& query);
  Result<bool> enter(backend::ListedNamespace& wanted);

  sys::Kernel* kernel_;
  std::string_view forced_backend_;
  const backend::Backend* backend_ = nullptr;  // chosen when it is needed
  const std::vector<NetworkNamespace>* known_ = nullptr;
  std::optional<backend::NamespaceList> list_;
};

}  // namespace tcptable::api
