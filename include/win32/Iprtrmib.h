/* SPDX-License-Identifier: MIT */
#include "iprtrmib.h"
