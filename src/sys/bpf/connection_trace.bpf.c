/* SPDX-License-Identifier: MIT */
/* Follows TCP connections from their beginning to their end, and tells of both with the process that they
 * belong to. That is noted where the kernel works for a process: when it connects, listens, accepts or
 * closes. Most other changes of a socket's state happen in softirqs, where the current process is whoever was
 * interrupted. */
#include <asm-generic/errno.h>
#include <stdbool.h>
#include <stddef.h>

#include "sys/bpf/kernel_types.h"
#include "sys/bpf/trace_records.h"

#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";

#include "sys/bpf/process_fields.bpf.h"
#include "sys/bpf/socket_fields.bpf.h"

#define KERNEL_THREAD 0x00200000 /* PF_KTHREAD */
#define PROTOCOL_TCP 6
#define BOTH_WAYS 3 /* RCV_SHUTDOWN | SEND_SHUTDOWN: the process closes it */
#define MICROSECONDS_SHIFT 3

struct connection {
  __u64 cookie; /* first, so that it is written first */
  struct tcptable_process process;
  __u64 opened_at; /* when it was established, or began to listen */
  __u8 owner;      /* enum tcptable_owner_kind */
  bool incoming;
  bool accepted;
};

/* By cookie. The loader chooses the size. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 1);
  __type(key, __u64);
  __type(value, struct connection);
} connections SEC(".maps");

/* By cookie: the ends of connections that waited to be accepted. One that was reset can still be accepted,
 * and the socket forgets its peer before it is destroyed. */
struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 65536);
  __type(key, __u64);
  __type(value, struct tcptable_event);
} kept_ends SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 4096);
} events SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __uint(map_flags, BPF_F_MMAPABLE);
  __type(key, __u32);
  __type(value, struct tcptable_trace_state);
} trace_states SEC(".maps");

static struct tcptable_trace_state* trace_state(void) {
  const __u32 only = 0;
  return bpf_map_lookup_elem(&trace_states, &only);
}

static bool is_followed(struct tcptable_trace_state* state, struct sock* sk) {
  return (__u64)CAST(sk, struct sock)->__sk_common.skc_net.net == state->net &&
         sk->sk_protocol == PROTOCOL_TCP;
}

static struct connection* connection_of(__u64 cookie) {
  return bpf_map_lookup_elem(&connections, &cookie);
}

/* The process for which the kernel works. */
static __u8 note_current(struct tcptable_trace_state* state, struct tcptable_process* process) {
  struct task_struct* task = CURRENT_TASK();
  if (task->flags & KERNEL_THREAD) return TCPTABLE_NO_PROCESS;
  struct task_struct* leader = task->group_leader;
  struct pid_namespace* ns = (struct pid_namespace*)state->pid_namespace;
  fill_process(process, leader, number_in(ns, state->pid_level, leader->thread_pid));
  return TCPTABLE_PROCESS;
}

/* A fresh entry, also for a socket that is used once more. */
static struct connection* begin(__u64 cookie, bool incoming) {
  struct connection fresh = {.cookie = cookie, .incoming = incoming};
  bpf_map_update_elem(&connections, &cookie, &fresh, BPF_ANY);
  return connection_of(cookie);
}

static bool got_fin(struct sock* sk) {
  return sk->__sk_common.skc_flags >> bpf_core_enum_value(enum sock_flags, SOCK_DONE) & 1;
}

static void fill_traffic(struct tcptable_event* event, struct sock* sk) {
  struct tcp_sock* tcp = CAST(sk, struct tcp_sock);
  event->bytes_received = tcp->bytes_received;
  if (got_fin(sk) && event->bytes_received) event->bytes_received--; /* it is counted as one */
  event->bytes_sent = tcp->bytes_sent - tcp->bytes_retrans;
  event->rtt_us = tcp->srtt_us >> MICROSECONDS_SHIFT;
  event->segments_retransmitted = tcp->total_retrans;
}

/* `connection` may be null; skc_num is 0 as soon as the port has been given back. */
static void fill_event(struct tcptable_event* event, struct sock* sk, struct connection* connection) {
  struct sock_common* common = &sk->__sk_common;
  event->socket.cookie = common->skc_cookie.counter;
  event->socket.family = common->skc_family;
  add_addresses(&event->socket, common);
  event->socket.local_port = __builtin_bswap16(CAST(sk, struct inet_sock)->inet_sport);
  event->uid = sk->sk_uid.val;
  fill_traffic(event, sk);
  event->owner = TCPTABLE_NOT_SEEN;
  if (!connection) return;
  event->opened_at = connection->opened_at;
  event->owner = connection->owner;
  if (connection->incoming && !connection->accepted) event->owner = TCPTABLE_NO_PROCESS;
  __builtin_memcpy(&event->process, &connection->process, sizeof event->process);
}

struct occurrence {
  __u64 at;
  __s32 error;
  __u8 kind;
  __u8 state_before;
};

static struct tcptable_event* reserve(struct tcptable_trace_state* state) {
  struct tcptable_event* event = bpf_ringbuf_reserve(&events, sizeof *event, 0);
  if (!event) __sync_fetch_and_add(&state->lost, 1);
  return event;
}

static void fill(struct tcptable_event* event, struct sock* sk, struct connection* connection,
                 const struct occurrence* what) {
  __builtin_memset(event, 0, sizeof *event);
  fill_event(event, CAST(sk, struct sock), connection);
  event->at = what->at;
  event->kind = what->kind;
  event->error = what->error;
  event->socket.state = what->state_before;
}

static void emit(struct tcptable_trace_state* state, struct sock* sk, struct connection* connection,
                 const struct occurrence* what) {
  struct tcptable_event* event = reserve(state);
  if (!event) return;
  fill(event, sk, connection, what);
  bpf_ringbuf_submit(event, 0);
}

static void emit_copy(struct tcptable_trace_state* state, const struct tcptable_event* kept) {
  struct tcptable_event* event = reserve(state);
  if (!event) return;
  __builtin_memcpy(event, kept, sizeof *event);
  bpf_ringbuf_submit(event, 0);
}

static void emit_now(struct tcptable_trace_state* state, struct sock* sk, struct connection* connection,
                     __u8 kind, __u8 before) {
  const struct occurrence now = {bpf_ktime_get_ns(), 0, kind, before};
  emit(state, sk, connection, &now);
}

/* connect() by a process, or by the kernel for itself. */
static void connects(struct tcptable_trace_state* state, __u64 cookie) {
  struct connection* connection = begin(cookie, false);
  if (connection) connection->owner = note_current(state, &connection->process);
}

static void listens(struct tcptable_trace_state* state, struct sock* sk, __u64 cookie, __u8 before) {
  struct connection* connection = begin(cookie, false);
  if (connection) {
    connection->owner = note_current(state, &connection->process);
    connection->opened_at = bpf_ktime_get_ns();
  }
  emit_now(state, sk, connection, TCPTABLE_LISTENING, before);
}

/* An incoming connection is told of when it is accepted: nobody knows before whose it will be. */
static void establishes(struct tcptable_trace_state* state, struct sock* sk, __u64 cookie, __u8 before) {
  struct connection* connection = connection_of(cookie);
  if (!connection) connection = begin(cookie, before != STATE_SYN_SENT);
  if (connection) connection->opened_at = bpf_ktime_get_ns();
  const bool outgoing = connection ? !connection->incoming : before == STATE_SYN_SENT;
  if (outgoing) emit_now(state, sk, connection, TCPTABLE_CONNECTED, before);
}

/* The entry may be deleted and used anew by another processor meanwhile: it is copied, and replaced if it is
 * still there. */
static bool accepts(struct tcptable_trace_state* state, struct sock* sk, struct connection* connection,
                    __u64 cookie) {
  struct connection own = *connection;
  barrier();
  if (*(volatile __u64*)&connection->cookie != cookie) return false;
  own.owner = note_current(state, &own.process);
  own.accepted = true;
  if (!own.opened_at) own.opened_at = bpf_ktime_get_ns(); /* TCP Fast Open */
  if (bpf_map_update_elem(&connections, &cookie, &own, BPF_EXIST)) return false;
  emit_now(state, sk, &own, TCPTABLE_ACCEPTED, STATE_ESTABLISHED);
  return true;
}

/* Whether the process that has the socket closes it just now, or its sending side. */
static bool is_by_holder(struct sock* sk, __u8 after) {
  if (after == STATE_FIN_WAIT1 || after == STATE_LAST_ACK) return true;
  return after == STATE_CLOSE && sk->sk_lock.owned && sk->sk_shutdown == BOTH_WAYS && !sk->sk_err;
}

/* accept() that was not seen, as by io_uring. */
static void accepts_late(struct tcptable_trace_state* state, struct sock* sk, struct connection* connection,
                         __u64 cookie, __u8 after) {
  struct task_struct* task = CURRENT_TASK();
  if (!connection->incoming || connection->accepted || !is_by_holder(sk, after)) return;
  if (!(task->flags & KERNEL_THREAD)) accepts(state, sk, connection, cookie);
}

/* connect() that failed before anything was sent: the process learns why when the call returns. */
static bool failed_at_once(struct sock* sk) {
  return !sk->sk_err && !sk->sk_shutdown && !CAST(sk, struct tcp_sock)->write_seq;
}

static void emit_end(struct tcptable_trace_state* state, struct sock* sk, struct connection* connection,
                     __u8 before) {
  const bool opened = connection ? connection->opened_at != 0 : before != STATE_SYN_SENT;
  struct occurrence what = {bpf_ktime_get_ns(), 0, TCPTABLE_CLOSED, before};
  if (!opened) {
    if (failed_at_once(sk)) return;
    what.kind = TCPTABLE_CONNECT_FAILED;
    what.error = sk->sk_err;
  }
  emit(state, sk, connection, &what);
}

static bool keep_end(struct sock* sk, struct connection* connection, __u64 cookie, __u8 before) {
  const struct tcptable_event empty = {};
  if (bpf_map_update_elem(&kept_ends, &cookie, &empty, BPF_ANY)) return false;
  struct tcptable_event* kept = bpf_map_lookup_elem(&kept_ends, &cookie);
  if (!kept) return false;
  const struct occurrence what = {bpf_ktime_get_ns(), 0, TCPTABLE_CLOSED, before};
  fill(kept, sk, connection, &what);
  return true;
}

static void ends(struct tcptable_trace_state* state, struct sock* sk, __u64 cookie, __u8 before) {
  struct connection* connection = connection_of(cookie);
  if (!connection && before == STATE_SYN_RECV) return; /* it was never established */
  const bool waits = connection && connection->incoming && !connection->accepted;
  if (!waits || !keep_end(sk, connection, cookie, before)) emit_end(state, sk, connection, before);
  bpf_map_delete_elem(&connections, &cookie);
}

/* Changes to other states say nothing about beginning, end or owner. */
static bool is_telling(__u32 after) {
  const __u32 states = 1 << STATE_ESTABLISHED | 1 << STATE_SYN_SENT | 1 << STATE_FIN_WAIT1 |
                       1 << STATE_CLOSE | 1 << STATE_LAST_ACK | 1 << STATE_LISTEN;
  return states >> (after & 31) & 1;
}

static void follow(struct tcptable_trace_state* state, struct sock* sk, __u8 before, __u8 after) {
  if (before == after || !is_telling(after) || !is_followed(state, sk)) return;
  const __u64 cookie = bpf_get_socket_cookie(sk);
  if (after == STATE_SYN_SENT) {
    connects(state, cookie);
  } else if (after == STATE_LISTEN) {
    listens(state, sk, cookie, before);
  } else if (after == STATE_ESTABLISHED) {
    establishes(state, sk, cookie, before);
  } else {
    struct connection* connection = connection_of(cookie);
    if (connection) accepts_late(state, sk, connection, cookie, after);
    if (after == STATE_CLOSE) ends(state, sk, cookie, before);
  }
}

/* Whether the processor is within change_of_state. */
struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, __u32);
} busy_processors SEC(".maps");

static volatile __u32* busy_processor(void) {
  const __u32 only = 0;
  return bpf_map_lookup_elem(&busy_processors, &only);
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(change_of_state, struct sock* sk, int before, int after) {
  struct tcptable_trace_state* state = trace_state();
  volatile __u32* busy = busy_processor();
  if (!state || !busy) return 0;
  *busy = 1;
  follow(state, sk, before, after);
  *busy = 0;
  return 0;
}

/* A program is never run within itself (the kernel counts such a miss), and a softirq may interrupt the first
 * one to change another socket's state: then this one does its work. */
SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(change_within_change, struct sock* sk, int before, int after) {
  struct tcptable_trace_state* state = trace_state();
  volatile __u32* busy = busy_processor();
  if (!state || !busy || !*busy) return 0;
  __sync_fetch_and_add(&state->taken_over, 1);
  follow(state, sk, before, after);
  return 0;
}

/* The end of a connection that nobody accepted. */
SEC("tp_btf/tcp_destroy_sock")
int BPF_PROG(destruction, struct sock* sk) {
  struct tcptable_trace_state* state = trace_state();
  if (!state || !is_followed(state, sk)) return 0;
  const __u64 cookie = sk->__sk_common.skc_cookie.counter;
  const struct tcptable_event* kept = bpf_map_lookup_elem(&kept_ends, &cookie);
  if (!kept) return 0;
  emit_copy(state, kept);
  bpf_map_delete_elem(&kept_ends, &cookie);
  return 0;
}

#include "sys/bpf/call_returns.bpf.h"

/* Whoever runs it is the reader: what happens in his network namespace is followed from now on. */
SEC("syscall")
int follow_own_namespace(void* unused) {
  struct tcptable_trace_state* state = trace_state();
  struct task_struct* reader = CURRENT_TASK();
  struct pid* pid = reader->thread_pid;
  struct nsproxy* proxy = reader->nsproxy;
  if (!state || !pid || !proxy) return 1;
  state->pid_namespace = (__u64)namespace_of(pid);
  state->pid_level = pid->level;
  state->net = (__u64)proxy->net_ns;
  return 0;
}
