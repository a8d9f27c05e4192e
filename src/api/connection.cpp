// SPDX-License-Identifier: MIT
#include "api/connection.hpp"

#include <new>

#include "backend/sock_diag/socket_lookup.hpp"

namespace tcptable {
namespace api {

Result<SocketDetails> inspect_socket(sys::Kernel& kernel, const SocketKey& key, bool with_tcp_info) {
  return backend::look_up(kernel, {key, backend::Match::named, with_tcp_info});
}

Result<void> close_connection(sys::Kernel& kernel, const SocketKey& key) {
  if (key.protocol != Protocol::tcp) {
    return tl::unexpected(Error{Errc::not_supported, Step::send_request, 0});
  }
  // The name of a socket's upper layer protocol, by which a subflow is known, comes with TCP_INFO alone.
  auto found = inspect_socket(kernel, key, true);
  if (!found) return tl::unexpected(found.error());
  if (found->row.state == State::listen) {
    return tl::unexpected(Error{Errc::is_listener, Step::send_request, 0});
  }
  if (found->multipath_subflow) return tl::unexpected(Error{Errc::is_multipath, Step::send_request, 0});
  return backend::destroy(kernel, found->row);
}

Result<void> close_listener(sys::Kernel& kernel, const SocketKey& key) {
  auto found = inspect_socket(kernel, key, false);
  if (!found) return tl::unexpected(found.error());
  if (found->row.state != State::listen) {
    return tl::unexpected(Error{Errc::not_found, Step::send_request, 0});
  }
  return backend::destroy(kernel, found->row);
}

namespace {

template <typename Body>
auto without_bad_alloc(const Body& body) -> decltype(body()) try {
  return body();
} catch (const std::bad_alloc&) {
  return tl::unexpected(Error{Errc::no_memory, Step::receive_reply, 0});
}

}  // namespace
}  // namespace api

Result<SocketRow> find_socket(const SocketKey& key) {
  return api::without_bad_alloc([&]() -> Result<SocketRow> {
    auto found = api::inspect_socket(sys::real_kernel(), key, false);
    if (!found) return tl::unexpected(found.error());
    return found->row;
  });
}

Result<SocketDetails> inspect_socket(const SocketKey& key) {
  return api::without_bad_alloc([&] { return api::inspect_socket(sys::real_kernel(), key, true); });
}

Result<void> close_connection(const SocketKey& key) {
  return api::without_bad_alloc([&] { return api::close_connection(sys::real_kernel(), key); });
}

Result<void> close_listener(const SocketKey& key) {
  return api::without_bad_alloc([&] { return api::close_listener(sys::real_kernel(), key); });
}

}  // namespace tcptable
