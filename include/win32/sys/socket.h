/* SPDX-License-Identifier: MIT */
/* Stands before the system's header: one clear line where both kinds of sockets meet in one file. */
#pragma GCC system_header
#if defined(TCPTABLE_WIN32_WINSOCK2_H) && !defined(_SYS_SOCKET_H)
#error \
    "<sys/socket.h> after a Windows header with socket addresses: one file can include only Windows' socket headers or the system's"
#else
#include_next <sys/socket.h>
#endif
