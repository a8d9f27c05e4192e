/* SPDX-License-Identifier: MIT */
/* The socket addresses, which are in winsock2.h here. */
#include "winsock2.h"
