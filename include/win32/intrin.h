/* SPDX-License-Identifier: MIT */
/* Of the compiler's built-in functions those that turn bytes round. */
#ifndef TCPTABLE_WIN32_INTRIN_H
#define TCPTABLE_WIN32_INTRIN_H

#include "tcptable_crt.h"

#endif
