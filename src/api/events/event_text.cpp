// SPDX-License-Identifier: MIT
#include <tcptable/events.hpp>

namespace tcptable {

std::string_view to_string(EventKind kind) {
  switch (kind) {
    case EventKind::listening:
      return "listening";
    case EventKind::connected:
      return "connected";
    case EventKind::accepted:
      return "accepted";
    case EventKind::connect_failed:
      return "connect_failed";
    case EventKind::closed:
      return "closed";
  }
  return "unknown";
}

std::string_view to_string(EventSource source) {
  switch (source) {
    case EventSource::bpf:
      return "bpf";
    case EventSource::multicast:
      return "multicast";
    case EventSource::dump:
      return "dump";
  }
  return "unknown";
}

}  // namespace tcptable
