# SPDX-License-Identifier: MIT
# GetTcpStatistics, GetUdpStatistics, GetIpStatistics, GetIcmpStatistics.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/statistics/network_statistics.cpp
          ${CMAKE_CURRENT_LIST_DIR}/statistics/transport_statistics.cpp)
