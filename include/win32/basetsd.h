/* SPDX-License-Identifier: MIT */
/* The base types; Windows spreads them over several headers. */
#include "windef.h"
