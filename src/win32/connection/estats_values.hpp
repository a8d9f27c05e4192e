// SPDX-License-Identifier: MIT
// From what Linux counts for a connection to the members of Windows' structures. Pure; each member's source
// and exactness is in docs/estats.md. A member that is not named in the code is not known, and 0.
#pragma once

#include <tcpestats.h>

#include <tcptable/connection.hpp>

#include <optional>

namespace tcptable::win32 {

/// A socket whose counters the kernel gave.
struct Counted {
  const SocketRow& row;
  const TcpInfo& info;
};

/// Whether this end sent the first SYN; nullopt where the counters don't tell at this moment. The kernel
/// keeps no such flag, but it counts an acknowledged SYN as a byte for the end that connected, and for no
/// other.
std::optional<bool> opened_actively(const Counted& from);

TCP_ESTATS_SYN_OPTS_ROS_v0 syn_opts_ros(const Counted& from);
TCP_ESTATS_DATA_ROD_v0 data_rod(const Counted& from);
TCP_ESTATS_SND_CONG_ROS_v0 snd_cong_ros();
TCP_ESTATS_SND_CONG_ROD_v0 snd_cong_rod(const Counted& from);
TCP_ESTATS_PATH_ROD_v0 path_rod(const Counted& from);
TCP_ESTATS_SEND_BUFF_ROD_v0 send_buff_rod(const Counted& from);
TCP_ESTATS_REC_ROD_v0 rec_rod(const Counted& from);
TCP_ESTATS_OBS_REC_ROD_v0 obs_rec_rod(const Counted& from);
TCP_ESTATS_BANDWIDTH_ROD_v0 bandwidth_rod(const Counted& from);
TCP_ESTATS_FINE_RTT_ROD_v0 fine_rtt_rod(const Counted& from);

}  // namespace tcptable::win32
