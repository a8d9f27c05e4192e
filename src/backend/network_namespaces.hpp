// SPDX-License-Identifier: MIT
// Which network namespaces there are, and how to get at them.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/network_namespace.hpp>

#include <string>
#include <vector>

namespace tcptable::backend {

struct ListedNamespace {
  NetworkNamespace told;
  /// Some files by which it can be entered, any of which may vanish or come to mean another.
  std::vector<std::string> files;
};

struct NamespaceList {
  std::vector<ListedNamespace> namespaces;  ///< The calling thread's first.
  std::uint32_t unreadable_processes = 0;
};

/// Looks at every thread of every process, and at the mounts. Processes that come and go are no error.
Result<NamespaceList> list_network_namespaces(sys::Kernel& kernel);

/// The one that the calling thread is in.
Result<std::uint64_t> current_network_namespace(sys::Kernel& kernel);

}  // namespace tcptable::backend
