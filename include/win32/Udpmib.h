/* SPDX-License-Identifier: MIT */
#include "udpmib.h" /* the same header in another spelling in use */
