/* SPDX-License-Identifier: MIT */
/* What the TCP and the UDP table structures share. Not a header of Windows: include tcpmib.h, udpmib.h or
 * iphlpapi.h. */
#ifndef TCPTABLE_WIN32_TCPTABLE_MIB_COMMON_H
#define TCPTABLE_WIN32_TCPTABLE_MIB_COMMON_H

#include "in6addr.h"
#include "windef.h"

/* The declared length of each table's array of rows; the real one is dwNumEntries. */
#ifndef ANY_SIZE
#define ANY_SIZE 1
#endif

/* The number of OwningModuleInfo's elements. */
#define TCPIP_OWNING_MODULE_SIZE 16

/* The slack that the SIZEOF_...TABLE macros add. The functions ask for the exact size, without it. */
#define ALIGN_SIZE 8

#define TCPTABLE_WIN32_SIZEOF_TABLE(table_type, row_type, count) \
  (offsetof(table_type, table) + (count) * sizeof(row_type) + ALIGN_SIZE)

#endif
