/* SPDX-License-Identifier: MIT */
#include "shlwapi.h"
