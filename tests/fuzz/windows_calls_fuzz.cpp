// SPDX-License-Identifier: MIT
// The C ABI with any bytes for its numbers and structures and with buffers of any size: no crash, no byte
// written outside of a buffer, and a size that was too small is answered with a larger one.
#include <winsock2.h>
#include <ws2tcpip.h>

#include <iphlpapi.h>
#include <sched.h>

#include <array>
#include <vector>

#include "fuzz/byte_source.hpp"

namespace {

using tcptable::test::ByteSource;
using tcptable::test::require;

// On the heap and of just that size, so that the address sanitizer sees every byte beyond it.
class Buffer {
 public:
  explicit Buffer(ByteSource& source)
      : bytes_(source.value<std::uint16_t>() % kMost), size_(static_cast<ULONG>(bytes_.size())) {
    const std::string_view text = source.take(bytes_.size());
    std::copy(text.begin(), text.end(), bytes_.begin());
  }
  void* data() { return bytes_.empty() ? nullptr : bytes_.data(); }
  ULONG* size() { return &size_; }
  std::size_t room() const { return bytes_.size(); }

  void check(DWORD code) const {
    if (code == ERROR_INSUFFICIENT_BUFFER) require(size_ > bytes_.size());
    if (code == NO_ERROR) require(size_ <= bytes_.size());
  }

 private:
  static constexpr std::size_t kMost = 4096;

  std::vector<char> bytes_;
  ULONG size_;
};

void get_table(ByteSource& source) {
  const auto which = source.value<std::uint8_t>() % 6;
  const BOOL order = source.value<std::uint8_t>();
  Buffer buffer(source);
  void* const data = buffer.data();
  switch (which) {
    case 0:
      return buffer.check(GetTcpTable(static_cast<PMIB_TCPTABLE>(data), buffer.size(), order));
    case 1:
      return buffer.check(GetTcpTable2(static_cast<PMIB_TCPTABLE2>(data), buffer.size(), order));
    case 2:
      return buffer.check(GetTcp6Table(static_cast<PMIB_TCP6TABLE>(data), buffer.size(), order));
    case 3:
      return buffer.check(GetTcp6Table2(static_cast<PMIB_TCP6TABLE2>(data), buffer.size(), order));
    case 4:
      return buffer.check(GetUdpTable(static_cast<PMIB_UDPTABLE>(data), buffer.size(), order));
    default:
      return buffer.check(GetUdp6Table(static_cast<PMIB_UDP6TABLE>(data), buffer.size(), order));
  }
}

void get_extended_table(ByteSource& source) {
  const bool tcp = source.value<std::uint8_t>() % 2 == 0;
  const BOOL order = source.value<std::uint8_t>();
  const ULONG family = source.value<std::uint8_t>();
  const auto table_class = source.value<std::uint8_t>();
  const ULONG reserved = source.value<std::uint8_t>();
  Buffer buffer(source);
  const DWORD code = tcp ? GetExtendedTcpTable(buffer.data(), buffer.size(), order, family,
                                               static_cast<TCP_TABLE_CLASS>(table_class), reserved)
                         : GetExtendedUdpTable(buffer.data(), buffer.size(), order, family,
                                               static_cast<UDP_TABLE_CLASS>(table_class), reserved);
  buffer.check(code);
}

void get_owner_module(ByteSource& source) {
  const auto which = source.value<std::uint8_t>() % 4;
  const auto info_class = static_cast<TCPIP_OWNER_MODULE_INFO_CLASS>(source.value<std::uint8_t>() % 2);
  auto tcp = source.value<MIB_TCPROW_OWNER_MODULE>();
  auto tcp6 = source.value<MIB_TCP6ROW_OWNER_MODULE>();
  auto udp = source.value<MIB_UDPROW_OWNER_MODULE>();
  auto udp6 = source.value<MIB_UDP6ROW_OWNER_MODULE>();
  Buffer buffer(source);
  void* const data = buffer.data();
  switch (which) {
    case 0:
      return buffer.check(GetOwnerModuleFromTcpEntry(&tcp, info_class, data, buffer.size()));
    case 1:
      return buffer.check(GetOwnerModuleFromTcp6Entry(&tcp6, info_class, data, buffer.size()));
    case 2:
      return buffer.check(GetOwnerModuleFromUdpEntry(&udp, info_class, data, buffer.size()));
    default:
      return buffer.check(GetOwnerModuleFromUdp6Entry(&udp6, info_class, data, buffer.size()));
  }
}

void get_statistics(ByteSource& source) {
  const ULONG family = source.value<std::uint8_t>();
  MIB_TCPSTATS2 tcp{};
  MIB_UDPSTATS2 udp{};
  MIB_IPSTATS ip{};
  MIB_ICMP_EX icmp{};
  static_cast<void>(GetTcpStatisticsEx2(&tcp, family));
  static_cast<void>(GetUdpStatisticsEx2(&udp, family));
  static_cast<void>(GetIpStatisticsEx(&ip, family));
  static_cast<void>(GetIcmpStatisticsEx(&icmp, family));
}

void get_estats(ByteSource& source) {
  auto row = source.value<MIB_TCPROW>();
  const auto type = static_cast<TCP_ESTATS_TYPE>(source.value<std::uint8_t>() % 12);
  const ULONG version = source.value<std::uint8_t>() % 2;
  std::array<Buffer, 3> parts{Buffer(source), Buffer(source), Buffer(source)};
  const auto bytes = [&](std::size_t i) { return static_cast<PUCHAR>(parts[i].data()); };
  const auto size = [&](std::size_t i) { return static_cast<ULONG>(parts[i].room()); };
  static_cast<void>(GetPerTcpConnectionEStats(&row, type, bytes(0), version, size(0), bytes(1), version,
                                              size(1), bytes(2), version, size(2)));
  static_cast<void>(SetPerTcpConnectionEStats(&row, type, bytes(0), version, size(0), version));
}

// Closes whatever the bytes name, so only where the sockets are its own.
bool has_own_sockets() {
  static const bool own = ::unshare(CLONE_NEWNET) == 0;
  return own;
}

void close_connection(ByteSource& source) {
  auto row = source.value<MIB_TCPROW>();
  if (has_own_sockets()) static_cast<void>(SetTcpEntry(&row));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool own = has_own_sockets();
  static_cast<void>(own);
  constexpr std::array kCalls{get_table,      get_extended_table, get_owner_module,
                              get_statistics, get_estats,         close_connection};
  ByteSource source(data, size);
  for (int calls = 0; !source.empty() && calls < 16; ++calls)
    kCalls[source.value<std::uint8_t>() % kCalls.size()](source);
  return 0;
}
