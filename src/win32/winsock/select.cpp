// SPDX-License-Identifier: MIT
// select on lists of sockets, by poll: no limit on descriptors' numbers.
#include <poll.h>
#include <winsock2.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <vector>

#include "win32/error_map.hpp"
#include "win32/export.hpp"
#include "win32/winsock/socket_error.hpp"

namespace {

using namespace tcptable::win32;

void add(std::vector<pollfd>& polled, const FD_SET* set, short events) {
  if (set == nullptr) return;
  for (u_int i = 0; i < set->fd_count; ++i) polled.push_back({descriptor(set->fd_array[i]), events, 0});
}

// Keeps the sockets of `set` that are ready; `at` walks along the entries that add() made.
int keep_ready(FD_SET* set, std::vector<pollfd>::const_iterator& at, short ready) {
  if (set == nullptr) return 0;
  u_int kept = 0;
  for (u_int i = 0; i < set->fd_count; ++i, ++at) {
    if ((at->revents & ready) != 0) set->fd_array[kept++] = set->fd_array[i];
  }
  set->fd_count = kept;
  return static_cast<int>(kept);
}

int milliseconds(const timeval* timeout) {
  if (timeout == nullptr) return -1;
  const long long total = static_cast<long long>(timeout->tv_sec) * 1000 + (timeout->tv_usec + 999) / 1000;
  return static_cast<int>(std::min<long long>(total, 0x7fffffff));
}

int poll_until(std::vector<pollfd>& polled, int timeout) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::milliseconds(timeout);
  for (;;) {
    const int count = poll(polled.data(), polled.size(), timeout);
    if (count >= 0 || errno != EINTR) return count;
    if (timeout < 0) continue;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    timeout = static_cast<int>(std::max<long long>(left, 0));
  }
}

int select_sets(FD_SET* readfds, FD_SET* writefds, FD_SET* exceptfds, const timeval* timeout) {
  std::vector<pollfd> polled;
  add(polled, readfds, POLLIN);
  add(polled, writefds, POLLOUT);
  add(polled, exceptfds, POLLPRI);
  if (polled.empty()) return fail_with_wsa(WSAEINVAL);
  if (poll_until(polled, milliseconds(timeout)) < 0) return fail_with_errno();
  if (std::any_of(polled.begin(), polled.end(),
                  [](const pollfd& entry) { return (entry.revents & POLLNVAL) != 0; })) {
    return fail_with_wsa(WSAENOTSOCK);
  }
  auto at = polled.cbegin();
  int ready = keep_ready(readfds, at, POLLIN | POLLHUP | POLLERR);
  ready += keep_ready(writefds, at, POLLOUT);
  // A connect that failed shows here on Windows.
  ready += keep_ready(exceptfds, at, POLLPRI | POLLERR);
  return ready;
}

}  // namespace

TCPTABLE_WIN32_EXPORT int WINAPI win32_select(int, FD_SET* readfds, FD_SET* writefds, FD_SET* exceptfds,
                                              const timeval* timeout) {
  if (!is_started()) return SOCKET_ERROR;
  try {
    return select_sets(readfds, writefds, exceptfds, timeout);
  } catch (const std::bad_alloc&) {
    return fail_with_wsa(WSAENOBUFS);
  }
}

TCPTABLE_WIN32_EXPORT int WINAPI __WSAFDIsSet(SOCKET s, FD_SET* set) {
  const SOCKET* end = set->fd_array + set->fd_count;
  return std::find(static_cast<const SOCKET*>(set->fd_array), end, s) != end;
}
