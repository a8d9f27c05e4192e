// SPDX-License-Identifier: MIT
// Socket addresses on their way between Windows' and Linux' numbers. The layouts are the same, and AF_INET6
// is the only family whose number differs: 23 there, 10 here. Works on bytes and includes no socket header.
#pragma once

#include <cstdint>
#include <cstring>

namespace tcptable::win32 {

inline constexpr int kWindowsInet6 = 23;
inline constexpr int kLinuxInet6 = 10;

inline int linux_family(int windows_family) {
  return windows_family == kWindowsInet6 ? kLinuxInet6 : windows_family;
}
inline int windows_family(int linux_family) {
  return linux_family == kLinuxInet6 ? kWindowsInet6 : linux_family;
}

/// The largest address: struct sockaddr_storage.
struct AddressBytes {
  alignas(8) unsigned char bytes[128];
  int size = 0;
};

inline void set_family(void* address, int family) {
  const auto number = static_cast<std::uint16_t>(family);
  std::memcpy(address, &number, sizeof number);
}

inline int family_of_address(const void* address) {
  std::uint16_t number = 0;
  std::memcpy(&number, address, sizeof number);
  return number;
}

/// A copy of the caller's address with Linux' family number; false when it is absent or of no possible size.
inline bool copy_in(AddressBytes& to, const void* from, int size) {
  if (from == nullptr || size < 2 || size > static_cast<int>(sizeof to.bytes)) return false;
  std::memcpy(to.bytes, from, static_cast<std::size_t>(size));
  to.size = size;
  set_family(to.bytes, linux_family(family_of_address(to.bytes)));
  return true;
}

/// Gives the caller an address with Windows' family number; false when his buffer is too small.
inline bool copy_out(void* to, int* size, AddressBytes& from) {
  if (*size < from.size) return false;
  if (from.size >= 2) set_family(from.bytes, windows_family(family_of_address(from.bytes)));
  std::memcpy(to, from.bytes, static_cast<std::size_t>(from.size));
  *size = from.size;
  return true;
}

}  // namespace tcptable::win32
