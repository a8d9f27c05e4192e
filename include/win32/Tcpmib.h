/* SPDX-License-Identifier: MIT */
#include "tcpmib.h"
