// SPDX-License-Identifier: MIT
// The whole public C++ API in one include.
#pragma once

#if __cplusplus < 202002L
#error "tcptable needs C++20: compile with -std=c++20 or later"
#endif

#include <tcptable/cgroup.hpp>
#include <tcptable/connection.hpp>
#include <tcptable/diagnosis.hpp>
#include <tcptable/endpoint.hpp>
#include <tcptable/error.hpp>
#include <tcptable/events.hpp>
#include <tcptable/history.hpp>
#include <tcptable/network_namespace.hpp>
#include <tcptable/owner.hpp>
#include <tcptable/owner_finder.hpp>
#include <tcptable/process.hpp>
#include <tcptable/query.hpp>
#include <tcptable/session.hpp>
#include <tcptable/snapshot.hpp>
#include <tcptable/socket_filter.hpp>
#include <tcptable/socket_memory.hpp>
#include <tcptable/socket_row.hpp>
#include <tcptable/statistics.hpp>
#include <tcptable/tcp_info.hpp>
