/* SPDX-License-Identifier: MIT */
/* Addresses as text, into buffers of INET_ADDRSTRLEN and INET6_ADDRSTRLEN characters. The answer is where the
 * text ends. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_IP2STRING_H
#define TCPTABLE_WIN32_IP2STRING_H

#include "ws2tcpip.h"

/* Not after winsock2.h has refused. */
#ifdef _WINSOCK2API_
static __inline__ PSTR RtlIpv4AddressToStringA(const struct in_addr* Addr, PSTR S) {
  inet_ntop(AF_INET, Addr, S, INET_ADDRSTRLEN);
  return S + strlen(S);
}
static __inline__ PWSTR RtlIpv4AddressToStringW(const struct in_addr* Addr, PWSTR S) {
  InetNtopW(AF_INET, Addr, S, INET_ADDRSTRLEN);
  while (*S) ++S;
  return S;
}
static __inline__ PSTR RtlIpv6AddressToStringA(const struct in6_addr* Addr, PSTR S) {
  inet_ntop(AF_INET6, Addr, S, INET6_ADDRSTRLEN);
  return S + strlen(S);
}
static __inline__ PWSTR RtlIpv6AddressToStringW(const struct in6_addr* Addr, PWSTR S) {
  InetNtopW(AF_INET6, Addr, S, INET6_ADDRSTRLEN);
  while (*S) ++S;
  return S;
}
#ifdef UNICODE
#define RtlIpv4AddressToString RtlIpv4AddressToStringW
#define RtlIpv6AddressToString RtlIpv6AddressToStringW
#else
#define RtlIpv4AddressToString RtlIpv4AddressToStringA
#define RtlIpv6AddressToString RtlIpv6AddressToStringA
#endif
#endif

#endif
