/* SPDX-License-Identifier: MIT */
#include "winerror.h" /* the same header in another spelling in use */
