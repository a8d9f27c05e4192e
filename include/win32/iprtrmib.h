/* SPDX-License-Identifier: MIT */
/* The table classes of GetExtendedTcpTable and GetExtendedUdpTable, and what names an owner; no functions.
 * Sources: the pages TCP_TABLE_CLASS, UDP_TABLE_CLASS, TCPIP_OWNER_MODULE_INFO_CLASS,
 * TCPIP_OWNER_MODULE_BASIC_INFO. */
#ifndef TCPTABLE_WIN32_IPRTRMIB_H
#define TCPTABLE_WIN32_IPRTRMIB_H

#include "ipmib.h"
#include "tcpmib.h"
#include "udpmib.h"

/* Which rows and how much of each. LISTENER: the state LISTEN alone; CONNECTIONS: every other state; ALL:
 * both. BASIC gives MIB_TCPTABLE and is for AF_INET only; the others give the structures of their name. */
typedef enum _TCP_TABLE_CLASS {
  TCP_TABLE_BASIC_LISTENER,
  TCP_TABLE_BASIC_CONNECTIONS,
  TCP_TABLE_BASIC_ALL,
  TCP_TABLE_OWNER_PID_LISTENER,
  TCP_TABLE_OWNER_PID_CONNECTIONS,
  TCP_TABLE_OWNER_PID_ALL,
  TCP_TABLE_OWNER_MODULE_LISTENER,
  TCP_TABLE_OWNER_MODULE_CONNECTIONS,
  TCP_TABLE_OWNER_MODULE_ALL
} TCP_TABLE_CLASS,
    *PTCP_TABLE_CLASS;

/* How much of each UDP row; every class is for AF_INET and AF_INET6. */
typedef enum _UDP_TABLE_CLASS {
  UDP_TABLE_BASIC,
  UDP_TABLE_OWNER_PID,
  UDP_TABLE_OWNER_MODULE
} UDP_TABLE_CLASS,
    *PUDP_TABLE_CLASS;

typedef enum _TCPIP_OWNER_MODULE_INFO_CLASS {
  TCPIP_OWNER_MODULE_INFO_BASIC
} TCPIP_OWNER_MODULE_INFO_CLASS,
    *PTCPIP_OWNER_MODULE_INFO_CLASS;

/* The name and the path of an owner's program; both point into the buffer that holds this structure. */
typedef struct _TCPIP_OWNER_MODULE_BASIC_INFO {
  PWCHAR pModuleName;
  PWCHAR pModulePath;
} TCPIP_OWNER_MODULE_BASIC_INFO, *PTCPIP_OWNER_MODULE_BASIC_INFO;

#endif
