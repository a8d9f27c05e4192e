/* SPDX-License-Identifier: MIT */
/* What the BPF programs and the library tell each other: plain records in memory that both see. C11 and C++.
 */
#pragma once

#include <linux/types.h>

/* Buffers are small, so that records are read while they are still in the processor's cache. */
#define TCPTABLE_HELD_RECORDS 8192
#define TCPTABLE_PROCESS_RECORDS 1024
#define TCPTABLE_ROW_RECORDS 8192
/* Buffers of each kind, at most; each walk has one to itself. The loader makes as many as there are
 * processors. */
#define TCPTABLE_MOST_SLOTS 8

/* What tells a socket from every other. */
enum tcptable_identity {
  TCPTABLE_BY_SOCK,   /* the struct sock: its address and what it is connected to */
  TCPTABLE_BY_SOCKET, /* the struct socket, which several struct sock may share (MPTCP): its address and inode
                         number */
  TCPTABLE_BY_COOKIE,
  TCPTABLE_BY_INODE,
};

/* A process that holds at least one socket. */
struct tcptable_process {
  __u64 start_boottime; /* nanoseconds since boot, of its first thread */
  char comm[16];
  __s32 pid; /* in the reader's pid namespace; 0: not visible there */
  __u32 unused;
};

/* A descriptor that is an IPv4 or IPv6 socket. */
struct tcptable_held {
  __u64 key;     /* as the reader wants sockets told; 0: it can't be told so */
  __u64 tag;     /* with BY_SOCK and BY_SOCKET: what distinguishes this life of the address from the next */
  __u32 process; /* index into the processes of the same buffer */
  __u32 unused;
};

/* Descriptors that one reader takes at a time where several share a walk. */
#define TCPTABLE_SHARED_BLOCK 1024

struct tcptable_held_buffer {
  /* Set by the reader before it reads. */
  __u32 reader; /* its thread id, by which the program finds the buffer; 0: nobody's */
  __u32 share;  /* of `shares` readers that divide the descriptors among them, this is number `share` */
  __u32 shares;
  __u32 identity; /* enum tcptable_identity */
  __u32 saw_init; /* set by the program when it comes by process 1 of the reader's pid namespace */
  /* Written by the program. */
  __u32 unused;
  __u32 held_count;
  __u32 process_count;
  __u64 resume_task; /* the task at which the buffer was full, its start time, and where to go on in it */
  __u64 resume_start;
  __u64 resume_word;
  struct tcptable_process processes[TCPTABLE_PROCESS_RECORDS];
  struct tcptable_held held[TCPTABLE_HELD_RECORDS];
};

/* One TCP socket: all that lies in the first two cache lines of it. */
struct tcptable_row {
  __u64 sock;             /* address of the struct sock */
  __u64 cookie;           /* 0: none made yet */
  __u8 local_address[16]; /* IPv4: the first four bytes, the rest undefined */
  __u8 remote_address[16];
  __u32 hash; /* of its endpoints, by the kernel's secret; without a peer, of its own address */
  __u32 interface;
  __u16 local_port;     /* host byte order */
  __u16 remote_port_be; /* network byte order */
  __u8 family;
  __u8 state;   /* as sock_diag numbers them; after a second look: 0 where the socket has gone */
  __u8 is_mini; /* TIME_WAIT or a request: never a process's, and without details */
  __u8 unused;
};

/* What lies elsewhere: each cache line of it costs as much as the whole row. */
struct tcptable_row_details {
  __u64 socket; /* with the inode: address of the struct socket; 0: no process has, or had, a descriptor */
  __u32 inode;
  __u32 uid;
  __u32 receive_queue;
  __u32 send_queue;
  __u64 cgroup_id; /* of cgroup v2; 0: none */
};

struct tcptable_row_buffer {
  struct tcptable_row rows[TCPTABLE_ROW_RECORDS];
  struct tcptable_row_details details[TCPTABLE_ROW_RECORDS]; /* what was not asked for is undefined */
};

/* The tag of a socket that is told BY_SOCK; `hash` is a row's. */
static inline __u64 tcptable_sock_tag(__u64 hash, __u32 remote_port_be, __u16 local_port) {
  return hash << 32 | remote_port_be << 16 | local_port;
}

enum tcptable_hash_table { TCPTABLE_CONNECTIONS, TCPTABLE_LISTENERS };
enum tcptable_walk_flags {
  TCPTABLE_ONLY_COUNT = 1,
  TCPTABLE_WITH_INODES = 2,
  TCPTABLE_WITH_UIDS = 4,
  TCPTABLE_WITH_QUEUES = 8,
  TCPTABLE_WITH_CGROUPS = 16,
  TCPTABLE_LOOK_AGAIN =
      32, /* no walk: `count` rows that are in the buffer are looked at again, with inodes */
};

/* The context of the program that walks a hash table, read and written. One program does all, for each that
 * is loaded has the kernel search its types for the same functions. */
struct tcptable_table_walk {
  __u32 table;
  __u32 slot;
  __u32 family; /* AF_INET, AF_INET6, or 0 for both */
  __u32 states; /* mask, bit n for state n */
  __u32 flags;
  __u32 stretch;  /* buckets that are walked at a time, a multiple of 8 */
  __u32 bucket;   /* where to begin; after the call, where to go on */
  __u32 end;      /* one past the last bucket; 0: asks for the table's size, which comes back here */
  __u32 count;    /* rows that are now in the buffer, or were counted */
  __u32 torn;     /* chains of the stretch at `bucket` changed under the walk: its rows were dropped */
  __u32 requests; /* of listeners that were counted: half-open connections that they have */
};
