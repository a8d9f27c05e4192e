// SPDX-License-Identifier: MIT
// What a filter lets the kernel do, and what it needs to know.
#pragma once

#include <tcptable/query.hpp>

#include "tcptable/filter/expression.hpp"

namespace tool::filter {

/// Leaves out of `query` what can't match (protocols, families, states, ports, addresses), and adds to it
/// what the tests ask for (owners, queues, ...). A snapshot by the narrowed query has every row that matches;
/// others too, so each row still has to be tested. State::bound, which StateSet::all() leaves out, is asked
/// for where the filter names it. Returns false where no row at all can match; the query then stays as it
/// was.
[[nodiscard]] bool narrow(const Expression& expression, tcptable::Query& query);

}  // namespace tool::filter
