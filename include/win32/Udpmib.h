/* SPDX-License-Identifier: MIT */
#include "udpmib.h"
