/* SPDX-License-Identifier: MIT */
/* IPv6 addresses, addresses as text, look-up of names. Sources: the Windows page of each function's name. */
#ifndef TCPTABLE_WIN32_WS2TCPIP_H
#define TCPTABLE_WIN32_WS2TCPIP_H
#define _WS2TCPIP_H_

#include "winsock2.h"

/* Not after winsock2.h has refused. */
#ifdef _WINSOCK2API_
#define _WS2IPDEF_

#define INET_ADDRSTRLEN 22
#define INET6_ADDRSTRLEN 65

#define IP_TOS 3
#define IP_TTL 4
#define IPV6_UNICAST_HOPS 4
#define IPV6_V6ONLY 27

#define AI_PASSIVE 0x00000001
#define AI_CANONNAME 0x00000002
#define AI_NUMERICHOST 0x00000004
#define AI_NUMERICSERV 0x00000008
#define AI_ALL 0x00000100
#define AI_ADDRCONFIG 0x00000400
#define AI_V4MAPPED 0x00000800

#define NI_NOFQDN 0x01
#define NI_NUMERICHOST 0x02
#define NI_NAMEREQD 0x04
#define NI_NUMERICSERV 0x08
#define NI_DGRAM 0x10
#define NI_MAXHOST 1025
#define NI_MAXSERV 32

#define EAI_AGAIN WSATRY_AGAIN
#define EAI_BADFLAGS WSAEINVAL
#define EAI_FAIL WSANO_RECOVERY
#define EAI_FAMILY WSAEAFNOSUPPORT
#define EAI_MEMORY WSA_NOT_ENOUGH_MEMORY
#define EAI_NONAME WSAHOST_NOT_FOUND
#define EAI_SERVICE WSATYPE_NOT_FOUND
#define EAI_SOCKTYPE WSAESOCKTNOSUPPORT

typedef struct sockaddr_in6 {
  u_short sin6_family;
  u_short sin6_port;
  ULONG sin6_flowinfo;
  struct in6_addr sin6_addr;
  ULONG sin6_scope_id; /* an interface's index, host byte order */
} SOCKADDR_IN6, *PSOCKADDR_IN6, *LPSOCKADDR_IN6;

typedef struct addrinfo {
  int ai_flags;
  int ai_family;
  int ai_socktype;
  int ai_protocol;
  size_t ai_addrlen;
  char* ai_canonname;
  struct sockaddr* ai_addr;
  struct addrinfo* ai_next;
} ADDRINFOA, *PADDRINFOA, ADDRINFO, *LPADDRINFO;

typedef struct addrinfoW {
  int ai_flags;
  int ai_family;
  int ai_socktype;
  int ai_protocol;
  size_t ai_addrlen;
  PWSTR ai_canonname;
  struct sockaddr* ai_addr;
  struct addrinfoW* ai_next;
} ADDRINFOW, *PADDRINFOW;
#ifdef UNICODE
typedef ADDRINFOW ADDRINFOT, *PADDRINFOT;
#else
typedef ADDRINFOA ADDRINFOT, *PADDRINFOT;
#endif

#define IN6ADDR_ANY_INIT \
  {                      \
    {                    \
      { 0 }              \
    }                    \
  }
#define IN6ADDR_LOOPBACK_INIT                            \
  {                                                      \
    {                                                    \
      { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 } \
    }                                                    \
  }

#ifdef __cplusplus
extern "C" {
#endif

extern const struct in6_addr in6addr_any;
extern const struct in6_addr in6addr_loopback;

/* A text of either family; NULL, or 0 and -1, for what is wrong, with the code in WSAGetLastError. */
const char* WINAPI inet_ntop(int Family, const void* pAddr, char* pStringBuf, size_t StringBufSize)
    TCPTABLE_WIN32_SYMBOL(inet_ntop);
int WINAPI inet_pton(int Family, const char* pszAddrString, void* pAddrBuf) TCPTABLE_WIN32_SYMBOL(inet_pton);
LPCWSTR WINAPI InetNtopW(int Family, const void* pAddr, LPWSTR pStringBuf, size_t StringBufSize)
    TCPTABLE_WIN32_WIDE(InetNtopW);
int WINAPI InetPtonW(int Family, LPCWSTR pszAddrString, void* pAddrBuf) TCPTABLE_WIN32_WIDE(InetPtonW);
#define InetNtopA inet_ntop
#define InetPtonA inet_pton
#ifdef UNICODE
#define InetNtop InetNtopW
#define InetPton InetPtonW
#else
#define InetNtop InetNtopA
#define InetPton InetPtonA
#endif

/* 0, or one of the EAI_ codes, which are Windows Sockets' codes. The list goes back by freeaddrinfo. */
int WINAPI getaddrinfo(const char* pNodeName, const char* pServiceName, const ADDRINFOA* pHints,
                       PADDRINFOA* ppResult) TCPTABLE_WIN32_SYMBOL(getaddrinfo);
void WINAPI freeaddrinfo(PADDRINFOA pAddrInfo) TCPTABLE_WIN32_SYMBOL(freeaddrinfo);
int WINAPI getnameinfo(const SOCKADDR* pSockaddr, int SockaddrLength, char* pNodeBuffer, DWORD NodeBufferSize,
                       char* pServiceBuffer, DWORD ServiceBufferSize, int Flags)
    TCPTABLE_WIN32_SYMBOL(getnameinfo);

/* The same in wide characters. The list goes back by FreeAddrInfoW. */
int WINAPI GetAddrInfoW(PCWSTR pNodeName, PCWSTR pServiceName, const ADDRINFOW* pHints, PADDRINFOW* ppResult)
    TCPTABLE_WIN32_WIDE(GetAddrInfoW);
void WINAPI FreeAddrInfoW(PADDRINFOW pAddrInfo);
int WINAPI GetNameInfoW(const SOCKADDR* pSockaddr, int SockaddrLength, PWCHAR pNodeBuffer,
                        DWORD NodeBufferSize, PWCHAR pServiceBuffer, DWORD ServiceBufferSize, int Flags)
    TCPTABLE_WIN32_WIDE(GetNameInfoW);
#define GetAddrInfoA getaddrinfo
#define FreeAddrInfoA freeaddrinfo
#define GetNameInfoA getnameinfo
#ifdef UNICODE
#define GetAddrInfo GetAddrInfoW
#define FreeAddrInfo FreeAddrInfoW
#define GetNameInfo GetNameInfoW
#else
#define GetAddrInfo GetAddrInfoA
#define FreeAddrInfo FreeAddrInfoA
#define GetNameInfo GetNameInfoA
#endif

/* An address with its port, if that is not 0: 127.0.0.1:80, [fe80::1%2]:80, ::1. *lpdwAddressStringLength:
 * characters of the buffer, then those written, with the zero both times. SOCKET_ERROR with WSAEFAULT where
 * they are too few (the number becomes the needed one), WSAEINVAL for what is no such address. The protocol
 * is to be NULL, and is ignored. */
int WINAPI WSAAddressToStringA(SOCKADDR* lpsaAddress, DWORD dwAddressLength, void* lpProtocolInfo,
                               LPSTR lpszAddressString, LPDWORD lpdwAddressStringLength);
int WINAPI WSAAddressToStringW(SOCKADDR* lpsaAddress, DWORD dwAddressLength, void* lpProtocolInfo,
                               LPWSTR lpszAddressString, LPDWORD lpdwAddressStringLength)
    TCPTABLE_WIN32_WIDE(WSAAddressToStringW);

/* The way back: "127.0.0.1", "127.0.0.1:80", "::1", "fe80::1%2", "[::1]:80" of the given family, in numbers
 * only. *lpAddressLength: bytes of the buffer, then those of the address. SOCKET_ERROR with WSAEFAULT for a
 * buffer that is too small (the length becomes the needed one) or absent, WSAEINVAL for any other family and
 * for what is no such text. */
int WINAPI WSAStringToAddressA(LPSTR AddressString, int AddressFamily, void* lpProtocolInfo,
                               SOCKADDR* lpAddress, int* lpAddressLength);
int WINAPI WSAStringToAddressW(LPWSTR AddressString, int AddressFamily, void* lpProtocolInfo,
                               SOCKADDR* lpAddress, int* lpAddressLength)
    TCPTABLE_WIN32_WIDE(WSAStringToAddressW);
#ifdef UNICODE
#define WSAStringToAddress WSAStringToAddressW
#define WSAAddressToString WSAAddressToStringW
#else
#define WSAStringToAddress WSAStringToAddressA
#define WSAAddressToString WSAAddressToStringA
#endif

#ifdef __cplusplus
}
#endif

/* The text of one of getaddrinfo's codes, in a buffer that the next call takes, too. */
#define GAI_STRERROR_BUFFER_SIZE 1024
#define TCPTABLE_WIN32_GAI_STRERROR(name, Char, format_message)                                           \
  static __inline__ Char* name(int ecode) {                                                               \
    static Char text[GAI_STRERROR_BUFFER_SIZE + 1];                                                       \
    format_message(                                                                                       \
        FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK, NULL, \
        TCPTABLE_WIN32_CAST(DWORD, ecode), 0, text, GAI_STRERROR_BUFFER_SIZE, NULL);                      \
    return text;                                                                                          \
  }
TCPTABLE_WIN32_GAI_STRERROR(gai_strerrorA, char, FormatMessageA)
TCPTABLE_WIN32_GAI_STRERROR(gai_strerrorW, WCHAR, FormatMessageW)
#ifdef UNICODE
#define gai_strerror gai_strerrorW
#else
#define gai_strerror gai_strerrorA
#endif

#define IN6_ADDR_EQUAL(a, b) (memcmp((a), (b), sizeof(struct in6_addr)) == 0)
#define IN6_IS_ADDR_UNSPECIFIED(a) (memcmp((a), &in6addr_any, sizeof(struct in6_addr)) == 0)
#define IN6_IS_ADDR_LOOPBACK(a) (memcmp((a), &in6addr_loopback, sizeof(struct in6_addr)) == 0)
#define IN6_IS_ADDR_LINKLOCAL(a) ((a)->u.Byte[0] == 0xfe && ((a)->u.Byte[1] & 0xc0) == 0x80)
#define IN6_IS_ADDR_MULTICAST(a) ((a)->u.Byte[0] == 0xff)
#define IN6_IS_ADDR_V4MAPPED(a) (memcmp((a), "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) == 0)

/* SOCKADDR_INET, which needs the structures above. */
#include "ws2ipdef.h"

#endif
#endif
