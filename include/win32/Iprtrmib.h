/* SPDX-License-Identifier: MIT */
#include "iprtrmib.h" /* the same header in another spelling in use */
