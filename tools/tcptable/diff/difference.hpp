// SPDX-License-Identifier: MIT
// What two documents tell differently. Pure.
#pragma once

#include <string>
#include <vector>

#include "tcptable/diff/document.hpp"

namespace tool::diff {

struct Difference {
  const RecordedSocket* before = nullptr;  ///< nullptr: it was not there.
  const RecordedSocket* after = nullptr;   ///< nullptr: it is gone.
};

/// Sockets of either document that are not in the other, and those whose state or owner is another: first
/// what is in `after`, in its order, then what is only in `before`. Two sockets are the same when their
/// cookies are, and where one has none, when protocol and endpoints are: such sockets are paired in their
/// order.
std::vector<Difference> differences(const std::vector<RecordedSocket>& before,
                                    const std::vector<RecordedSocket>& after);

}  // namespace tool::diff
