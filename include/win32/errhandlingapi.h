/* SPDX-License-Identifier: MIT */
/* GetLastError and SetLastError. */
#include "windows.h"
