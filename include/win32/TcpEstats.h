/* SPDX-License-Identifier: MIT */
#include "tcpestats.h"
