/* SPDX-License-Identifier: MIT */
/* What the programs that follow connections and the library tell each other. C11 and C++. */
#pragma once

#include "sys/bpf/records.h"

enum tcptable_event_kind {
  TCPTABLE_LISTENING,
  TCPTABLE_CONNECTED,
  TCPTABLE_ACCEPTED,
  TCPTABLE_CONNECT_FAILED,
  TCPTABLE_CLOSED,
};

enum tcptable_owner_kind {
  TCPTABLE_NOT_SEEN,  /* it was made before the programs were there */
  TCPTABLE_PROCESS,   /* `process` is filled; pid 0: not visible in the reader's pid namespace */
  TCPTABLE_NO_PROCESS /* no process ever had a descriptor of it */
};

/* Times are CLOCK_MONOTONIC's, in nanoseconds; 0: not known. */
struct tcptable_event {
  struct tcptable_row socket; /* `state` is the one before the event */
  struct tcptable_process process;
  __u64 at;
  __u64 opened_at;
  __u64 bytes_received; /* data alone, each byte once */
  __u64 bytes_sent;     /* likewise */
  __u32 rtt_us;
  __u32 segments_retransmitted;
  __u32 uid;
  __s32 error; /* errno of a failed connect; 0: its process gave it up */
  __u8 kind;   /* enum tcptable_event_kind */
  __u8 owner;  /* enum tcptable_owner_kind */
  __u8 unused[6];
};

/* One for all programs, in memory that the reader sees too. */
struct tcptable_trace_state {
  __u64 net;           /* the reader's network namespace; 0: nothing is followed yet */
  __u64 pid_namespace; /* the reader's */
  __u64 lost;          /* events for which the buffer had no room */
  __u64 taken_over;    /* changes of state that one program missed and the other took */
  __u32 pid_level;
  __u32 unused;
};
