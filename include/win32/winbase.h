/* SPDX-License-Identifier: MIT */
/* Windows has its main functions here; none of them can be had without the types. */
#include "windows.h"
