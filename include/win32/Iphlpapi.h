/* SPDX-License-Identifier: MIT */
#include "iphlpapi.h" /* the same header in another spelling in use */
