// SPDX-License-Identifier: MIT
// Compiles only if every layout and constant of the table given as LAYOUT_CHECKS holds in C++. Nothing runs.
#include <iphlpapi.h>
#include <psapi.h>
#include <tlhelp32.h>
#include <windows.h>
#include <winsock2.h>
#include <ws2ipdef.h>
#include <ws2tcpip.h>

#include <cstddef>

#define FIELD_SIZE(type, field) sizeof(type::field)
#include LAYOUT_CHECKS
