/* SPDX-License-Identifier: MIT */
#include "tcpestats.h" /* the same header in another spelling in use */
