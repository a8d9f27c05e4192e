/* SPDX-License-Identifier: MIT */
#include "ipmib.h"
