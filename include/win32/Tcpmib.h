/* SPDX-License-Identifier: MIT */
#include "tcpmib.h" /* the same header in another spelling in use */
