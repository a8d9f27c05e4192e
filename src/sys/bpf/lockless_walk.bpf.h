/* SPDX-License-Identifier: MIT */
/* Walks through the kernel's own tables are under RCU alone, without a lock or a reference. An object may be
 * freed and used anew under the reader, so each read is followed by a second look at what led to it, and what
 * has changed is dropped or walked again. */
#pragma once

/* Keeps the compiler from merging the first look with the second. */
#define SECOND_LOOK() barrier()
