/* SPDX-License-Identifier: MIT */
#include "ipmib.h" /* the same header in another spelling in use */
