// SPDX-License-Identifier: MIT
// The extended statistics of one connection: buffers and versions, look-up, switches. The values are made in
// estats_values.cpp. (Windows pages GetPerTcpConnectionEStats, SetPerTcpConnectionEStats)
#include "win32/connection/collection_flags.hpp"
#include "win32/connection/estats_values.hpp"
#include "win32/connection/row_key.hpp"
#include "win32/error_map.hpp"
#include "win32/export.hpp"

#include <iphlpapi.h>

#include <array>
#include <cstring>

namespace {

using namespace tcptable;
using namespace tcptable::win32;

// One of the three parts, as the caller gives it.
struct Part {
  PUCHAR memory;
  ULONG version;
  ULONG size;
};

struct Parts {
  Part rw;
  Part ros;
  Part rod;
};

// How large each part of a type is; 0: it has none.
struct PartSizes {
  std::size_t rw;
  std::size_t ros;
  std::size_t rod;
};

constexpr std::array<PartSizes, TcpConnectionEstatsMaximum> kPartSizes{{
    {0, sizeof(TCP_ESTATS_SYN_OPTS_ROS_v0), 0},
    {sizeof(TCP_ESTATS_DATA_RW_v0), 0, sizeof(TCP_ESTATS_DATA_ROD_v0)},
    {sizeof(TCP_ESTATS_SND_CONG_RW_v0), sizeof(TCP_ESTATS_SND_CONG_ROS_v0),
     sizeof(TCP_ESTATS_SND_CONG_ROD_v0)},
    {sizeof(TCP_ESTATS_PATH_RW_v0), 0, sizeof(TCP_ESTATS_PATH_ROD_v0)},
    {sizeof(TCP_ESTATS_SEND_BUFF_RW_v0), 0, sizeof(TCP_ESTATS_SEND_BUFF_ROD_v0)},
    {sizeof(TCP_ESTATS_REC_RW_v0), 0, sizeof(TCP_ESTATS_REC_ROD_v0)},
    {sizeof(TCP_ESTATS_OBS_REC_RW_v0), 0, sizeof(TCP_ESTATS_OBS_REC_ROD_v0)},
    {sizeof(TCP_ESTATS_BANDWIDTH_RW_v0), 0, sizeof(TCP_ESTATS_BANDWIDTH_ROD_v0)},
    {sizeof(TCP_ESTATS_FINE_RTT_RW_v0), 0, sizeof(TCP_ESTATS_FINE_RTT_ROD_v0)},
}};

constexpr Switches kInbound = 1U << TcpConnectionEstatsMaximum;  // Bandwidth's second switch

constexpr Switches switch_of(TCP_ESTATS_TYPE type) {
  return static_cast<Switches>(1U << static_cast<unsigned>(type));
}

bool is_type(TCP_ESTATS_TYPE type) {
  return static_cast<unsigned>(type) < kPartSizes.size();
}

// The checks of one part, in the order in which Windows' codes exclude each other.
ULONG check_part(const Part& part, std::size_t needed) {
  if (part.memory == nullptr) return part.size == 0 ? NO_ERROR : ERROR_INVALID_USER_BUFFER;
  return part.size < needed ? ERROR_INSUFFICIENT_BUFFER : NO_ERROR;
}

ULONG check_parts(const Parts& parts, const PartSizes& sizes) {
  for (const Part* part : {&parts.rw, &parts.ros, &parts.rod}) {
    if (part->version != 0) return ERROR_NOT_SUPPORTED;
  }
  ULONG code = check_part(parts.rw, sizes.rw);
  if (code == NO_ERROR) code = check_part(parts.ros, sizes.ros);
  if (code == NO_ERROR) code = check_part(parts.rod, sizes.rod);
  return code;
}

// The caller's buffer need not be aligned.
template <typename Value>
void put(const Part& part, const Value& value) {
  if (part.memory != nullptr) std::memcpy(part.memory, &value, sizeof value);
}

void put_rw(const Part& part, TCP_ESTATS_TYPE type, Switches switches) {
  const bool on = (switches & switch_of(type)) != 0;
  if (type == TcpConnectionEstatsSynOpts) return;
  if (type == TcpConnectionEstatsBandwidth) {
    put(part,
        TCP_ESTATS_BANDWIDTH_RW_v0{on ? TcpBoolOptEnabled : TcpBoolOptDisabled,
                                   (switches & kInbound) != 0 ? TcpBoolOptEnabled : TcpBoolOptDisabled});
    return;
  }
  put(part, static_cast<BOOLEAN>(on));
}

void put_ros(const Part& part, TCP_ESTATS_TYPE type, const Counted& from) {
  if (type == TcpConnectionEstatsSynOpts) put(part, syn_opts_ros(from));
  if (type == TcpConnectionEstatsSndCong) put(part, snd_cong_ros());
}

void put_rod(const Part& part, TCP_ESTATS_TYPE type, const Counted& from) {
  switch (type) {
    case TcpConnectionEstatsData:
      return put(part, data_rod(from));
    case TcpConnectionEstatsSndCong:
      return put(part, snd_cong_rod(from));
    case TcpConnectionEstatsPath:
      return put(part, path_rod(from));
    case TcpConnectionEstatsSendBuff:
      return put(part, send_buff_rod(from));
    case TcpConnectionEstatsRec:
      return put(part, rec_rod(from));
    case TcpConnectionEstatsObsRec:
      return put(part, obs_rec_rod(from));
    case TcpConnectionEstatsBandwidth:
      return put(part, bandwidth_rod(from));
    case TcpConnectionEstatsFineRtt:
      return put(part, fine_rtt_rod(from));
    case TcpConnectionEstatsSynOpts:
    case TcpConnectionEstatsMaximum:
      return;
  }
}

// A socket with counters is a connection; listeners have counters too.
Result<SocketDetails> find_counted(const SocketKey& key) {
  auto found = inspect_socket(key);
  if (found && (!found->tcp_info || found->row.state == State::listen)) {
    return tl::unexpected(Error{Errc::not_found, Step::receive_reply, 0});
  }
  return found;
}

// On a busy connection one reading may not tell who opened it.
Result<SocketDetails> find_telling(const SocketKey& key) {
  constexpr int kReadings = 4;
  auto found = find_counted(key);
  for (int i = 1; i < kReadings && found && !opened_actively({found->row, *found->tcp_info}); ++i) {
    found = find_counted(key);
  }
  return found;
}

ULONG read_statistics(const SocketKey& key, TCP_ESTATS_TYPE type, const Parts& parts) {
  const bool needs_opener = type == TcpConnectionEstatsSynOpts || type == TcpConnectionEstatsData;
  const auto found = needs_opener ? find_telling(key) : find_counted(key);
  if (!found) return windows_code(found.error());
  const Counted counted{found->row, *found->tcp_info};
  const Switches switches = collection_flags().of(found->row.cookie);
  put_rw(parts.rw, type, switches);
  put_ros(parts.ros, type, counted);
  if ((switches & switch_of(type)) != 0) {
    put_rod(parts.rod, type, counted);
  } else if (parts.rod.memory != nullptr) {
    std::memset(parts.rod.memory, 0, kPartSizes[static_cast<std::size_t>(type)].rod);
  }
  return NO_ERROR;
}

template <typename Row>
ULONG get_statistics(const Row* row, TCP_ESTATS_TYPE type, const Parts& parts) noexcept {
  if (row == nullptr || !is_type(type)) return ERROR_INVALID_PARAMETER;
  const ULONG code = check_parts(parts, kPartSizes[static_cast<std::size_t>(type)]);
  if (code != NO_ERROR) return code;
  return guarded([&] { return read_statistics(key_from(*row), type, parts); });
}

struct Change {
  Switches on = 0;
  Switches off = 0;
  bool valid = true;

  void set(Switches which, int value) {
    if (value == TcpBoolOptEnabled) on = static_cast<Switches>(on | which);
    if (value == TcpBoolOptDisabled) off = static_cast<Switches>(off | which);
    valid = valid && value >= TcpBoolOptUnchanged && value <= TcpBoolOptEnabled;
  }
};

Change change_from(TCP_ESTATS_TYPE type, const UCHAR* rw) {
  Change change;
  if (type != TcpConnectionEstatsBandwidth) {
    change.set(switch_of(type), *rw != FALSE ? TcpBoolOptEnabled : TcpBoolOptDisabled);
    return change;
  }
  std::array<std::int32_t, 2> values;  // a caller's value may be none of the enumeration's
  static_assert(sizeof values == sizeof(TCP_ESTATS_BANDWIDTH_RW_v0));
  std::memcpy(values.data(), rw, sizeof values);
  change.set(switch_of(type), values[0]);
  change.set(kInbound, values[1]);
  return change;
}

ULONG switch_statistics(const SocketKey& key, const Change& change) {
  const auto found = find_counted(key);
  if (!found) return windows_code(found.error());
  collection_flags().change(key_of(found->row), change.on, change.off);
  return NO_ERROR;
}

template <typename Row>
ULONG set_statistics(const Row* row, TCP_ESTATS_TYPE type, const Part& rw, ULONG offset) noexcept {
  if (row == nullptr || !is_type(type)) return ERROR_INVALID_PARAMETER;
  if (rw.version != 0 || offset != 0) return ERROR_NOT_SUPPORTED;
  if (rw.size == 0) return NO_ERROR;
  const std::size_t needed = kPartSizes[static_cast<std::size_t>(type)].rw;
  if (needed == 0) return ERROR_INVALID_PARAMETER;
  const ULONG code = check_part(rw, needed);
  if (code != NO_ERROR) return code;
  const Change change = change_from(type, rw.memory);
  if (!change.valid) return ERROR_INVALID_PARAMETER;
  return guarded([&] { return switch_statistics(key_from(*row), change); });
}

}  // namespace

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetPerTcpConnectionEStats(PMIB_TCPROW Row, TCP_ESTATS_TYPE EstatsType,
                                                             PUCHAR Rw, ULONG RwVersion, ULONG RwSize,
                                                             PUCHAR Ros, ULONG RosVersion, ULONG RosSize,
                                                             PUCHAR Rod, ULONG RodVersion, ULONG RodSize) {
  return get_statistics(Row, EstatsType,
                        {{Rw, RwVersion, RwSize}, {Ros, RosVersion, RosSize}, {Rod, RodVersion, RodSize}});
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetPerTcp6ConnectionEStats(PMIB_TCP6ROW Row, TCP_ESTATS_TYPE EstatsType,
                                                              PUCHAR Rw, ULONG RwVersion, ULONG RwSize,
                                                              PUCHAR Ros, ULONG RosVersion, ULONG RosSize,
                                                              PUCHAR Rod, ULONG RodVersion, ULONG RodSize) {
  return get_statistics(Row, EstatsType,
                        {{Rw, RwVersion, RwSize}, {Ros, RosVersion, RosSize}, {Rod, RodVersion, RodSize}});
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI SetPerTcpConnectionEStats(PMIB_TCPROW Row, TCP_ESTATS_TYPE EstatsType,
                                                             PUCHAR Rw, ULONG RwVersion, ULONG RwSize,
                                                             ULONG Offset) {
  return set_statistics(Row, EstatsType, {Rw, RwVersion, RwSize}, Offset);
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI SetPerTcp6ConnectionEStats(PMIB_TCP6ROW Row, TCP_ESTATS_TYPE EstatsType,
                                                              PUCHAR Rw, ULONG RwVersion, ULONG RwSize,
                                                              ULONG Offset) {
  return set_statistics(Row, EstatsType, {Rw, RwVersion, RwSize}, Offset);
}
