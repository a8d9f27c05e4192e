/* SPDX-License-Identifier: MIT */
#include "lmcons.h"
