/* SPDX-License-Identifier: MIT */
/* Walks through the kernel's own tables, each under RCU and without a lock or a reference: every process's
 * descriptors, and TCP's hash tables. An object may be freed and used anew under the reader, so each read is
 * followed by a second look at what led to it, and what has changed is dropped or walked again.
 * One object, so that the kernel's types are looked up once for all programs. */
#include <stdbool.h>

#include "sys/bpf/kernel_types.h"
#include "sys/bpf/records.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

/* Keeps the compiler from merging the first look with the second. */
#define SECOND_LOOK() barrier()

#include "sys/bpf/process_fields.bpf.h"
#include "sys/bpf/socket_fields.bpf.h"

#include "sys/bpf/descriptor_walk.bpf.h"
#include "sys/bpf/table_walk.bpf.h"
