/* SPDX-License-Identifier: MIT */
/* The IPv6 address. Windows page: IN6_ADDR structure (in6addr.h). */
#ifndef TCPTABLE_WIN32_IN6ADDR_H
#define TCPTABLE_WIN32_IN6ADDR_H

#include "windef.h"

#ifdef _NETINET_IN_H
/* The system's structure is there already, has the same layout, and the same tag. */
typedef struct in6_addr IN6_ADDR, *PIN6_ADDR, *LPIN6_ADDR;
#else
#define TCPTABLE_WIN32_OWN_IN6_ADDR

/* 16 bytes in network byte order. */
typedef struct in6_addr {
  union {
    UCHAR Byte[16];
    USHORT Word[8];
  } u;
} IN6_ADDR, *PIN6_ADDR, *LPIN6_ADDR;

#define in_addr6 in6_addr
#define _S6_un u
#define _S6_u8 Byte
#define s6_addr u.Byte
#define s6_bytes u.Byte
#define s6_words u.Word
#endif

#endif
