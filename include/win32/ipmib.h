/* SPDX-License-Identifier: MIT */
/* The IP and ICMP statistics of Windows' IP Helper API: structures and their constants, no functions. All
 * counters began when the network namespace was made, and wrap at 32 bits. */
#ifndef TCPTABLE_WIN32_IPMIB_H
#define TCPTABLE_WIN32_IPMIB_H

#include "windef.h"

typedef enum {
  MIB_IP_FORWARDING = 1,
  MIB_IP_NOT_FORWARDING = 2
} MIB_IPSTATS_FORWARDING,
    *PMIB_IPSTATS_FORWARDING;

/* Page MIB_IPSTATS_LH. dwDefaultTTL is IPv6's hop limit there. dwNumIf counts interfaces, dwNumAddr the
 * family's addresses and dwNumRoutes the routes of its main table. dwRoutingDiscards is 0: Linux doesn't
 * count routes that it drops. */
typedef struct _MIB_IPSTATS_LH {
  __extension__ union {
    DWORD dwForwarding;
    MIB_IPSTATS_FORWARDING Forwarding;
  };
  DWORD dwDefaultTTL;
  DWORD dwInReceives;
  DWORD dwInHdrErrors;
  DWORD dwInAddrErrors;
  DWORD dwForwDatagrams;
  DWORD dwInUnknownProtos;
  DWORD dwInDiscards;
  DWORD dwInDelivers;
  DWORD dwOutRequests;
  DWORD dwRoutingDiscards;
  DWORD dwOutDiscards;
  DWORD dwOutNoRoutes;
  DWORD dwReasmTimeout;
  DWORD dwReasmReqds;
  DWORD dwReasmOks;
  DWORD dwReasmFails;
  DWORD dwFragOks;
  DWORD dwFragFails;
  DWORD dwFragCreates;
  DWORD dwNumIf;
  DWORD dwNumAddr;
  DWORD dwNumRoutes;
} MIB_IPSTATS_LH, *PMIB_IPSTATS_LH;

/* Page MIB_IPSTATS_W2K: the same structure as it was named before Windows Vista. */
typedef struct _MIB_IPSTATS_W2K {
  DWORD dwForwarding;
  DWORD dwDefaultTTL;
  DWORD dwInReceives;
  DWORD dwInHdrErrors;
  DWORD dwInAddrErrors;
  DWORD dwForwDatagrams;
  DWORD dwInUnknownProtos;
  DWORD dwInDiscards;
  DWORD dwInDelivers;
  DWORD dwOutRequests;
  DWORD dwRoutingDiscards;
  DWORD dwOutDiscards;
  DWORD dwOutNoRoutes;
  DWORD dwReasmTimeout;
  DWORD dwReasmReqds;
  DWORD dwReasmOks;
  DWORD dwReasmFails;
  DWORD dwFragOks;
  DWORD dwFragFails;
  DWORD dwFragCreates;
  DWORD dwNumIf;
  DWORD dwNumAddr;
  DWORD dwNumRoutes;
} MIB_IPSTATS_W2K, *PMIB_IPSTATS_W2K;

typedef MIB_IPSTATS_LH MIB_IPSTATS, *PMIB_IPSTATS;

/* Page MIBICMPSTATS: one direction. dwMsgs counts those with errors too. */
typedef struct _MIBICMPSTATS {
  DWORD dwMsgs;
  DWORD dwErrors;
  DWORD dwDestUnreachs;
  DWORD dwTimeExcds;
  DWORD dwParmProbs;
  DWORD dwSrcQuenchs;
  DWORD dwRedirects;
  DWORD dwEchos;
  DWORD dwEchoReps;
  DWORD dwTimestamps;
  DWORD dwTimestampReps;
  DWORD dwAddrMasks;
  DWORD dwAddrMaskReps;
} MIBICMPSTATS, *PMIBICMPSTATS;

/* Page MIBICMPINFO. */
typedef struct _MIBICMPINFO {
  MIBICMPSTATS icmpInStats;
  MIBICMPSTATS icmpOutStats;
} MIBICMPINFO;

/* Page MIB_ICMP: of IPv4. */
typedef struct _MIB_ICMP {
  MIBICMPINFO stats;
} MIB_ICMP, *PMIB_ICMP;

/* Indices of rgdwTypeCount for IPv6. */
typedef enum {
  ICMP6_DST_UNREACH = 1,
  ICMP6_PACKET_TOO_BIG = 2,
  ICMP6_TIME_EXCEEDED = 3,
  ICMP6_PARAM_PROB = 4,
  ICMP6_ECHO_REQUEST = 128,
  ICMP6_ECHO_REPLY = 129,
  ICMP6_MEMBERSHIP_QUERY = 130,
  ICMP6_MEMBERSHIP_REPORT = 131,
  ICMP6_MEMBERSHIP_REDUCTION = 132,
  ND_ROUTER_SOLICIT = 133,
  ND_ROUTER_ADVERT = 134,
  ND_NEIGHBOR_SOLICIT = 135,
  ND_NEIGHBOR_ADVERT = 136,
  ND_REDIRECT = 137,
  ICMP6_V2_MEMBERSHIP_REPORT = 143
} ICMP6_TYPE,
    *PICMP6_TYPE;

/* Indices of rgdwTypeCount for IPv4. */
typedef enum {
  ICMP4_ECHO_REPLY = 0,
  ICMP4_DST_UNREACH = 3,
  ICMP4_SOURCE_QUENCH = 4,
  ICMP4_REDIRECT = 5,
  ICMP4_ECHO_REQUEST = 8,
  ICMP4_ROUTER_ADVERT = 9,
  ICMP4_ROUTER_SOLICIT = 10,
  ICMP4_TIME_EXCEEDED = 11,
  ICMP4_PARAM_PROB = 12,
  ICMP4_TIMESTAMP_REQUEST = 13,
  ICMP4_TIMESTAMP_REPLY = 14,
  ICMP4_MASK_REQUEST = 17,
  ICMP4_MASK_REPLY = 18
} ICMP4_TYPE,
    *PICMP4_TYPE;

/* Page MIBICMPSTATS_EX_XPSP1: one direction, counted by type. */
typedef struct _MIBICMPSTATS_EX_XPSP1 {
  DWORD dwMsgs;
  DWORD dwErrors;
  DWORD rgdwTypeCount[256];
} MIBICMPSTATS_EX_XPSP1, *PMIBICMPSTATS_EX_XPSP1;
typedef MIBICMPSTATS_EX_XPSP1 MIBICMPSTATS_EX, *PMIBICMPSTATS_EX;

/* Page MIB_ICMP_EX_XPSP1. */
typedef struct _MIB_ICMP_EX_XPSP1 {
  MIBICMPSTATS_EX icmpInStats;
  MIBICMPSTATS_EX icmpOutStats;
} MIB_ICMP_EX_XPSP1, *PMIB_ICMP_EX_XPSP1;
typedef MIB_ICMP_EX_XPSP1 MIB_ICMP_EX, *PMIB_ICMP_EX;

#endif
