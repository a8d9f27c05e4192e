/* SPDX-License-Identifier: MIT */
#include "conio.h"
