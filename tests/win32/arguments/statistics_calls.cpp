// SPDX-License-Identifier: MIT
// The statistics functions.
#include <iphlpapi.h>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

template <typename Structure>
void add_plain(BadCalls& calls, const char* symbol, ULONG (*function)(Structure*)) {
  calls.push_back(
      {symbol, "no structure", {ERROR_INVALID_PARAMETER}, [function] { return function(nullptr); }});
  calls.push_back({symbol, "sound", {NO_ERROR}, [function] {
                     Structure structure;
                     return function(&structure);
                   }});
}

template <typename Structure>
void add_by_family(BadCalls& calls, const char* symbol, ULONG (*function)(Structure*, ULONG)) {
  for (const ULONG family : {kInet, kInet6, 10U, 0U}) {
    calls.push_back(
        {symbol, "no structure, family " + std::to_string(family), {ERROR_INVALID_PARAMETER}, [=] {
           return function(nullptr, family);
         }});
  }
  for (const ULONG family : kNoFamilies) {
    calls.push_back({symbol, "family " + std::to_string(family), {ERROR_INVALID_PARAMETER}, [=] {
                       Structure structure;
                       return function(&structure, family);
                     }});
  }
}

}  // namespace

void add_statistics_calls(BadCalls& calls) {
  add_plain(calls, "GetTcpStatistics", GetTcpStatistics);
  add_plain(calls, "GetUdpStatistics", GetUdpStatistics);
  add_plain(calls, "GetIpStatistics", GetIpStatistics);
  add_plain(calls, "GetIcmpStatistics", GetIcmpStatistics);
  add_by_family(calls, "GetTcpStatisticsEx", GetTcpStatisticsEx);
  add_by_family(calls, "GetTcpStatisticsEx2", GetTcpStatisticsEx2);
  add_by_family(calls, "GetUdpStatisticsEx", GetUdpStatisticsEx);
  add_by_family(calls, "GetUdpStatisticsEx2", GetUdpStatisticsEx2);
  add_by_family(calls, "GetIpStatisticsEx", GetIpStatisticsEx);
  add_by_family(calls, "GetIcmpStatisticsEx", GetIcmpStatisticsEx);
}

}  // namespace bad_arguments
