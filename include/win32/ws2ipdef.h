/* SPDX-License-Identifier: MIT */
/* The socket addresses of both families; their structures are in ws2tcpip.h here. Source: the page
 * SOCKADDR_INET. */
#ifndef TCPTABLE_WIN32_WS2IPDEF_H
#define TCPTABLE_WIN32_WS2IPDEF_H

#include "ws2tcpip.h"

/* Not after winsock2.h has refused. */
#ifdef _WINSOCK2API_
typedef u_short ADDRESS_FAMILY;

typedef union _SOCKADDR_INET {
  SOCKADDR_IN Ipv4;
  SOCKADDR_IN6 Ipv6;
  ADDRESS_FAMILY si_family;
} SOCKADDR_INET, *PSOCKADDR_INET;
#endif

#endif
