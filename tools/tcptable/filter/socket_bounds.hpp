// SPDX-License-Identifier: MIT
// Bounds around the ports and addresses that a part of a filter can match, as a query can hand them to the
// kernel.
#pragma once

#include <tcptable/socket_filter.hpp>

#include "tcptable/filter/expression.hpp"

namespace tool::filter {

/// Bounds of a test that holds; none where the query has no words for it.
tcptable::SocketFilter bounds_of(const NumberTest& test);
tcptable::SocketFilter bounds_of(const EndpointTest& test);

/// Bounds of what is within both: each as narrow as one of the two, and narrower where that is right.
tcptable::SocketFilter intersection(const tcptable::SocketFilter& a, const tcptable::SocketFilter& b);

/// Bounds of what is within either.
tcptable::SocketFilter hull(const tcptable::SocketFilter& a, const tcptable::SocketFilter& b);

/// No port can lie within the bounds.
bool is_empty(const tcptable::SocketFilter& bounds);

}  // namespace tool::filter
