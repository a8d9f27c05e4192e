// SPDX-License-Identifier: MIT
// Marks the definitions that libiphlpapi exports; the symbol lists beside it name them again for the linker.
#pragma once

#define TCPTABLE_WIN32_EXPORT extern "C" __attribute__((visibility("default")))
