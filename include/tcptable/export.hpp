// SPDX-License-Identifier: MIT
// Marks what libtcptable exports; everything else is hidden.
#pragma once

#define TCPTABLE_API __attribute__((visibility("default")))
