/* SPDX-License-Identifier: MIT */
#include "windef.h" /* the same header in another spelling in use */
