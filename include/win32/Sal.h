/* SPDX-License-Identifier: MIT */
#include "sal.h" /* the same header in another spelling in use */
