/* SPDX-License-Identifier: MIT */
/* Tests of IPv4 addresses, in network byte order. Of this header's other contents, the options of WSAIoctl,
 * nothing is here. Source: the Microsoft page of each macro's name. */
#ifndef TCPTABLE_WIN32_MSTCPIP_H
#define TCPTABLE_WIN32_MSTCPIP_H

#include "ws2ipdef.h"

#define IN4_IS_ADDR_UNSPECIFIED(a) ((a)->s_addr == 0)
#define IN4_IS_ADDR_BROADCAST(a) ((a)->s_addr == INADDR_BROADCAST)
#define IN4_IS_ADDR_LOOPBACK(a) ((a)->S_un.S_un_b.s_b1 == 127)
#define IN4_IS_ADDR_MULTICAST(a) (((a)->S_un.S_un_b.s_b1 & 0xf0) == 0xe0)
#define IN4_IS_ADDR_LINKLOCAL(a) ((a)->S_un.S_un_b.s_b1 == 169 && (a)->S_un.S_un_b.s_b2 == 254)

#endif
