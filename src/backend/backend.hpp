// SPDX-License-Identifier: MIT
// Where rows come from: a backend is a name and two functions, and knows no other backend.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/query.hpp>
#include <tcptable/snapshot.hpp>

#include <string_view>
#include <vector>

namespace tcptable::backend {

struct RowTable {
  std::vector<SocketRow> rows;
  bool complete = true;  ///< False when rows may have been skipped.
};

struct Backend {
  std::string_view name;
  /// Cheap, changes nothing: can this backend answer the query here?
  Result<void> (*probe)(sys::Kernel&, const Query&);
  /// Appends the rows, each socket once. A failure is final; what was appended is then worthless.
  Result<void> (*collect)(sys::Kernel&, const Query&, RowTable&);
};

extern const Backend kSockDiag;
extern const Backend kProcfs;

/// The first backend, best first, whose probe succeeds; or the one named `forced`, if it is not empty, whose
/// failure is then an error. A probe that fails for another reason than support or permission is an error
/// too.
Result<const Backend*> choose_backend(sys::Kernel& kernel, const Query& query, std::string_view forced);

}  // namespace tcptable::backend
