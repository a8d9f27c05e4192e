/* SPDX-License-Identifier: MIT */
#include "intrin.h"
