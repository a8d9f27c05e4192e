/* SPDX-License-Identifier: MIT */
/* The heap functions. */
#include "windows.h"
