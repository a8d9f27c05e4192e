/* SPDX-License-Identifier: MIT */
/* Sockets under their Windows signatures. Every function that libc has too is bound, by its declaration here,
 * to a symbol of our own: libc's functions are neither replaced nor reached by accident. One library stands
 * for iphlpapi and ws2_32. Sources: the Windows Sockets 2 page of each function's name.
 *
 * Errors: SOCKET_ERROR or INVALID_SOCKET, with the code in WSAGetLastError, which is GetLastError. No signal
 * is ever raised. Handles are descriptors and close on exec. Lengths are int. Addresses and ports: network
 * byte order. */
#ifndef TCPTABLE_WIN32_WINSOCK2_H
#if defined(_SYS_SOCKET_H) || defined(_NETINET_IN_H) || defined(_ARPA_INET_H) || defined(_NETDB_H)
#error "winsock2.h stands for the system's socket headers: one file can include only the one or the others"
#define TCPTABLE_WIN32_WINSOCK2_H
#else
#define TCPTABLE_WIN32_WINSOCK2_H
#define _WINSOCK2API_
#define _WINSOCKAPI_

/* The system's headers that declare select, fd_set, gethostname, u_long and FIONREAD come first, so that the
 * macros below can't reach into them later. */
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/types.h>
#include <unistd.h>

#include "in6addr.h"
#include "inaddr.h"
#include "windows.h"

typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
/* 32 bits, as on Windows; the system's has 64. */
#define u_long ULONG

typedef UINT_PTR SOCKET;
#define INVALID_SOCKET TCPTABLE_WIN32_CAST(SOCKET, ~TCPTABLE_WIN32_CAST(SOCKET, 0))
#define SOCKET_ERROR (-1)

#define AF_UNSPEC 0
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 23
#define PF_UNSPEC AF_UNSPEC
#define PF_INET AF_INET
#define PF_INET6 AF_INET6

#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3

#define IPPROTO_IP 0
#define IPPROTO_ICMP 1
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_IPV6 41
#define IPPROTO_ICMPV6 58
#define IPPROTO_RAW 255

#define SOMAXCONN 0x7fffffff
#define SD_RECEIVE 0
#define SD_SEND 1
#define SD_BOTH 2

#define MSG_OOB 0x1
#define MSG_PEEK 0x2
#define MSG_DONTROUTE 0x4
#define MSG_WAITALL 0x8

#define SOL_SOCKET 0xffff
#define SO_DEBUG 0x0001
#define SO_ACCEPTCONN 0x0002
#define SO_REUSEADDR 0x0004
#define SO_KEEPALIVE 0x0008
#define SO_DONTROUTE 0x0010
#define SO_BROADCAST 0x0020
#define SO_LINGER 0x0080
#define SO_OOBINLINE 0x0100
/* Linux binds exclusively unless SO_REUSEADDR is set, so this is its opposite. */
#define SO_EXCLUSIVEADDRUSE (~SO_REUSEADDR)
#define SO_SNDBUF 0x1001
#define SO_RCVBUF 0x1002
/* DWORD milliseconds, 0 for none. */
#define SO_SNDTIMEO 0x1005
#define SO_RCVTIMEO 0x1006
#define SO_ERROR 0x1007
#define SO_TYPE 0x1008

#define TCP_NODELAY 0x0001
#define TCP_KEEPALIVE 3 /* seconds before the first probe */
#define TCP_KEEPIDLE TCP_KEEPALIVE
#define TCP_KEEPCNT 16
#define TCP_KEEPINTVL 17

#undef FIONREAD
#undef FIONBIO
#define FIONREAD 0x4004667f
#define FIONBIO TCPTABLE_WIN32_CAST(LONG, 0x8004667e)

#define INADDR_ANY TCPTABLE_WIN32_CAST(ULONG, 0x00000000)
#define INADDR_LOOPBACK TCPTABLE_WIN32_CAST(ULONG, 0x7f000001)
#define INADDR_BROADCAST TCPTABLE_WIN32_CAST(ULONG, 0xffffffff)
#define INADDR_NONE TCPTABLE_WIN32_CAST(ULONG, 0xffffffff)
#define ADDR_ANY INADDR_ANY

typedef struct sockaddr {
  u_short sa_family;
  CHAR sa_data[14];
} SOCKADDR, *PSOCKADDR, *LPSOCKADDR;

typedef struct sockaddr_in {
  SHORT sin_family;
  u_short sin_port;
  struct in_addr sin_addr;
  CHAR sin_zero[8];
} SOCKADDR_IN, *PSOCKADDR_IN, *LPSOCKADDR_IN;

typedef struct sockaddr_storage {
  SHORT ss_family;
  CHAR __ss_pad1[6];
  LONGLONG __ss_align;
  CHAR __ss_pad2[112];
} SOCKADDR_STORAGE, *PSOCKADDR_STORAGE, *LPSOCKADDR_STORAGE;

typedef struct linger {
  u_short l_onoff;
  u_short l_linger; /* seconds */
} LINGER, *PLINGER, *LPLINGER;

/* Entries of the databases of names. Numbers of ports are in network byte order, though of a short; an alias
 * or an address that is NULL ends its list. */
typedef struct hostent {
  char* h_name;
  char** h_aliases;
  short h_addrtype;
  short h_length;
  char** h_addr_list;
} HOSTENT, *PHOSTENT, *LPHOSTENT;
#define h_addr h_addr_list[0]

/* In the order of 64-bit Windows. */
typedef struct servent {
  char* s_name;
  char** s_aliases;
  char* s_proto;
  short s_port;
} SERVENT, *PSERVENT, *LPSERVENT;

typedef struct protoent {
  char* p_name;
  char** p_aliases;
  short p_proto;
} PROTOENT, *PPROTOENT, *LPPROTOENT;

#ifndef WSADESCRIPTION_LEN
#define WSADESCRIPTION_LEN 256
#define WSASYS_STATUS_LEN 128
#endif
typedef struct WSAData {
  WORD wVersion;
  WORD wHighVersion;
  unsigned short iMaxSockets; /* 0 from version 2 on */
  unsigned short iMaxUdpDg;
  char* lpVendorInfo;
  char szDescription[WSADESCRIPTION_LEN + 1];
  char szSystemStatus[WSASYS_STATUS_LEN + 1];
} WSADATA, *LPWSADATA;

/* A set is a list of sockets, as on Windows. */
#define TCPTABLE_WIN32_FD_SETSIZE 64
typedef struct tcptable_win32_fd_set {
  u_int fd_count;
  SOCKET fd_array[TCPTABLE_WIN32_FD_SETSIZE];
} FD_SET, *PFD_SET, *LPFD_SET;
#define fd_set tcptable_win32_fd_set_t
typedef FD_SET fd_set;
typedef struct timeval TIMEVAL, *PTIMEVAL, *LPTIMEVAL;

#define TCPTABLE_WIN32_SYMBOL(name) __asm__("win32_" #name)

#ifdef __cplusplus
extern "C" {
#endif

int WINAPI WSAStartup(WORD wVersionRequested, LPWSADATA lpWSAData);
int WINAPI WSACleanup(void);
int WINAPI WSAGetLastError(void);
void WINAPI WSASetLastError(int iError);

SOCKET WINAPI socket(int af, int type, int protocol) TCPTABLE_WIN32_SYMBOL(socket);
int WINAPI closesocket(SOCKET s);
int WINAPI bind(SOCKET s, const struct sockaddr* name, int namelen) TCPTABLE_WIN32_SYMBOL(bind);
int WINAPI connect(SOCKET s, const struct sockaddr* name, int namelen) TCPTABLE_WIN32_SYMBOL(connect);
int WINAPI listen(SOCKET s, int backlog) TCPTABLE_WIN32_SYMBOL(listen);
SOCKET WINAPI accept(SOCKET s, struct sockaddr* addr, int* addrlen) TCPTABLE_WIN32_SYMBOL(accept);
int WINAPI shutdown(SOCKET s, int how) TCPTABLE_WIN32_SYMBOL(shutdown);
int WINAPI send(SOCKET s, const char* buf, int len, int flags) TCPTABLE_WIN32_SYMBOL(send);
int WINAPI sendto(SOCKET s, const char* buf, int len, int flags, const struct sockaddr* to, int tolen)
    TCPTABLE_WIN32_SYMBOL(sendto);
int WINAPI recv(SOCKET s, char* buf, int len, int flags) TCPTABLE_WIN32_SYMBOL(recv);
/* A datagram that was longer than the buffer: SOCKET_ERROR with WSAEMSGSIZE, and the buffer filled. */
int WINAPI recvfrom(SOCKET s, char* buf, int len, int flags, struct sockaddr* from, int* fromlen)
    TCPTABLE_WIN32_SYMBOL(recvfrom);
int WINAPI getsockname(SOCKET s, struct sockaddr* name, int* namelen) TCPTABLE_WIN32_SYMBOL(getsockname);
int WINAPI getpeername(SOCKET s, struct sockaddr* name, int* namelen) TCPTABLE_WIN32_SYMBOL(getpeername);
int WINAPI getsockopt(SOCKET s, int level, int optname, char* optval, int* optlen)
    TCPTABLE_WIN32_SYMBOL(getsockopt);
int WINAPI setsockopt(SOCKET s, int level, int optname, const char* optval, int optlen)
    TCPTABLE_WIN32_SYMBOL(setsockopt);
int WINAPI ioctlsocket(SOCKET s, LONG cmd, u_long* argp);

/* The first argument is ignored, as on Windows. */
int WINAPI win32_select(int nfds, fd_set* readfds, fd_set* writefds, fd_set* exceptfds,
                        const struct timeval* timeout);
int WINAPI __WSAFDIsSet(SOCKET s, fd_set* set);
int WINAPI win32_gethostname(char* name, int namelen);

/* Names of hosts, services (/etc/services) and protocols (/etc/protocols). The answer belongs to the thread,
 * whose next call of the same kind overwrites it. NULL with WSAHOST_NOT_FOUND, WSATRY_AGAIN, WSANO_RECOVERY,
 * WSANO_DATA, WSAEFAULT for NULL, WSAEAFNOSUPPORT, WSANOTINITIALISED. gethostbyname knows IPv4 only, and
 * means this host by NULL and by an empty name; the protocol of a service may be NULL, for any. */
struct hostent* WINAPI gethostbyname(const char* name) TCPTABLE_WIN32_SYMBOL(gethostbyname);
struct hostent* WINAPI gethostbyaddr(const char* addr, int len, int type)
    TCPTABLE_WIN32_SYMBOL(gethostbyaddr);
struct servent* WINAPI getservbyname(const char* name, const char* proto)
    TCPTABLE_WIN32_SYMBOL(getservbyname);
struct servent* WINAPI getservbyport(int port, const char* proto) TCPTABLE_WIN32_SYMBOL(getservbyport);
struct protoent* WINAPI getprotobyname(const char* name) TCPTABLE_WIN32_SYMBOL(getprotobyname);
struct protoent* WINAPI getprotobynumber(int number) TCPTABLE_WIN32_SYMBOL(getprotobynumber);
#define h_errno WSAGetLastError()

/* libc's own do the same. inet_ntoa's text belongs to the thread and is overwritten by its next call. */
u_short WINAPI htons(u_short hostshort);
u_short WINAPI ntohs(u_short netshort);
u_long WINAPI htonl(u_long hostlong);
u_long WINAPI ntohl(u_long netlong);
/* INADDR_NONE for a text that is no address. */
ULONG WINAPI inet_addr(const char* cp);
char* WINAPI inet_ntoa(struct in_addr in);

#ifdef __cplusplus
}
#endif

/* glibc has declared these two with other types. */
#define select(nfds, readfds, writefds, exceptfds, timeout) \
  win32_select((nfds), (readfds), (writefds), (exceptfds), (timeout))
#define gethostname(name, namelen) win32_gethostname((name), (namelen))

#undef FD_SETSIZE
#undef FD_ZERO
#undef FD_SET
#undef FD_CLR
#undef FD_ISSET
#define FD_SETSIZE TCPTABLE_WIN32_FD_SETSIZE
#define FD_ZERO(set) ((set)->fd_count = 0)
#define FD_ISSET(s, set) __WSAFDIsSet(TCPTABLE_WIN32_CAST(SOCKET, s), (set))

static __inline__ void tcptable_win32_fd_add(SOCKET s, fd_set* set) {
  if (!__WSAFDIsSet(s, set) && set->fd_count < TCPTABLE_WIN32_FD_SETSIZE) set->fd_array[set->fd_count++] = s;
}
static __inline__ void tcptable_win32_fd_remove(SOCKET s, fd_set* set) {
  u_int i;
  for (i = 0; i < set->fd_count; ++i) {
    if (set->fd_array[i] == s) {
      set->fd_array[i] = set->fd_array[--set->fd_count];
      return;
    }
  }
}
#define FD_SET(s, set) tcptable_win32_fd_add(TCPTABLE_WIN32_CAST(SOCKET, s), (set))
#define FD_CLR(s, set) tcptable_win32_fd_remove(TCPTABLE_WIN32_CAST(SOCKET, s), (set))

#endif
#endif
