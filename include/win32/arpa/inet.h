/* SPDX-License-Identifier: MIT */
/* Stands before the system's header: one clear line where both kinds of sockets meet in one file. */
#pragma GCC system_header
#if (defined(TCPTABLE_WIN32_WINSOCK2_H) || defined(TCPTABLE_WIN32_OWN_IN6_ADDR)) && !defined(_ARPA_INET_H)
#error \
    "<arpa/inet.h> after a Windows header with socket addresses: one file can include only Windows' socket headers or the system's"
#else
/* sal.h's annotations are names of parameters there. */
#pragma push_macro("__in")
#pragma push_macro("__out")
#undef __in
#undef __out
#include_next <arpa/inet.h>
#pragma pop_macro("__out")
#pragma pop_macro("__in")
#endif
