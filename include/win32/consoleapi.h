/* SPDX-License-Identifier: MIT */
/* Windows has some of the console's functions here; all of them are in one header. */
#include "wincon.h"
