/* SPDX-License-Identifier: MIT */
/* Sleep and WaitForSingleObject. */
#include "windows.h"
