/* SPDX-License-Identifier: MIT */
/* GetTickCount and the system time. */
#include "windows.h"
