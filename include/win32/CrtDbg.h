/* SPDX-License-Identifier: MIT */
#include "crtdbg.h"
