// SPDX-License-Identifier: MIT
// Each operation of the program either goes on with the next one or jumps forward; a jump four bytes beyond
// the end says no (inet_diag_bc_run and inet_diag_bc_audit, net/ipv4/inet_diag.c).
#include "backend/sock_diag/diag_filter.hpp"

#include <linux/inet_diag.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>

namespace tcptable::backend {
namespace {

using Bytes = std::vector<std::byte>;

enum class End : std::uint8_t { local, remote };

constexpr std::uint16_t kOperationSize = sizeof(inet_diag_bc_op);

template <typename T>
void append(Bytes& bytes, const T& value) {
  const auto more = std::as_bytes(std::span(&value, 1));
  bytes.insert(bytes.end(), more.begin(), more.end());
}

// One operation that tests something, without what follows in case of no.
Bytes port_test(std::uint8_t code, std::uint16_t port) {
  Bytes test;
  append(test, inet_diag_bc_op{code, 2 * kOperationSize, 0});
  append(test, inet_diag_bc_op{0, 0, port});
  return test;
}

Bytes address_test(const AddressPrefix& prefix, End end) {
  constexpr int kAnyPort = -1;
  const bool is_ipv4 = prefix.family == Family::ipv4;
  const std::size_t address_size = is_ipv4 ? 4 : 16;
  inet_diag_hostcond condition{};
  condition.family = is_ipv4 ? AF_INET : AF_INET6;
  condition.prefix_len = prefix.length;
  condition.port = kAnyPort;
  const auto size = static_cast<std::uint8_t>(kOperationSize + sizeof condition + address_size);
  const std::uint8_t code = end == End::local ? INET_DIAG_BC_S_COND : INET_DIAG_BC_D_COND;
  Bytes test;
  append(test, inet_diag_bc_op{code, size, 0});
  append(test, condition);
  const auto address = std::as_bytes(std::span(prefix.address)).first(address_size);
  test.insert(test.end(), address.begin(), address.end());
  return test;
}

// Tests that must all hold.
using Term = std::vector<Bytes>;

Term term_of(const PortRange& range, End end) {
  const bool local = end == End::local;
  return {port_test(local ? INET_DIAG_BC_S_GE : INET_DIAG_BC_D_GE, range.first),
          port_test(local ? INET_DIAG_BC_S_LE : INET_DIAG_BC_D_LE, range.last)};
}

Term term_of(const AddressPrefix& prefix, End end) {
  return {address_test(prefix, end)};
}

std::size_t size_of(const Term& term) {
  std::size_t size = 0;
  for (const Bytes& test : term) size += test.size();
  return size;
}

void set_jump(Bytes& program, std::size_t operation, std::size_t distance) {
  const auto jump = static_cast<std::uint16_t>(distance);
  std::memcpy(program.data() + operation + offsetof(inet_diag_bc_op, no), &jump, sizeof jump);
}

class Program {
 public:
  template <typename Condition>
  void require(const std::optional<Condition>& condition, End end) {
    if (condition) require(term_of(*condition, end));
  }

  template <typename Condition>
  void require_at_one_end(const std::optional<Condition>& condition) {
    if (!condition) return;
    prefer(term_of(*condition, End::local), term_of(*condition, End::remote));
  }

  Bytes finished() && {
    for (const std::size_t operation : rejecting_) {
      set_jump(bytes_, operation, bytes_.size() - operation + kOperationSize);
    }
    return std::move(bytes_);
  }

 private:
  void require(const Term& term) {
    for (const Bytes& test : term) {
      rejecting_.push_back(bytes_.size());
      bytes_.insert(bytes_.end(), test.begin(), test.end());
    }
  }

  // Where the first term holds, the second is jumped over.
  void prefer(const Term& first, const Term& second) {
    const std::size_t second_begin = bytes_.size() + size_of(first) + kOperationSize;
    for (const Bytes& test : first) {
      const std::size_t operation = bytes_.size();
      bytes_.insert(bytes_.end(), test.begin(), test.end());
      set_jump(bytes_, operation, second_begin - operation);
    }
    const auto over = static_cast<std::uint16_t>(kOperationSize + size_of(second));
    append(bytes_, inet_diag_bc_op{INET_DIAG_BC_JMP, kOperationSize, over});
    require(second);
  }

  Bytes bytes_;
  std::vector<std::size_t> rejecting_;  // operations whose "no" ends the program
};

}  // namespace

Bytes diag_bytecode(const SocketFilter& filter) {
  Program program;
  program.require(filter.local_port, End::local);
  program.require(filter.remote_port, End::remote);
  program.require_at_one_end(filter.port);
  program.require(filter.local_address, End::local);
  program.require(filter.remote_address, End::remote);
  program.require_at_one_end(filter.address);
  return std::move(program).finished();
}

}  // namespace tcptable::backend
