/* SPDX-License-Identifier: MIT */
/* Version 1 of Windows Sockets is a part of version 2. */
#include "winsock2.h"
