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
#include "sys/bpf/system_calls.bpf.h"

#define KERNEL_THREAD 0x00200000 /* PF_KTHREAD */
#define PROTOCOL_TCP 6
#define BOTH_WAYS 3 /* RCV_SHUTDOWN | SEND_SHUTDOWN: the process closes it */
#define MICROSECONDS_SHIFT 3

struct connection {
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
  return (__u64)sk->__sk_common.skc_net.net == state->net && sk->sk_protocol == PROTOCOL_TCP;
}

static struct connection* connection_of(__u64 cookie) {
  return bpf_map_lookup_elem(&connections, &cookie);
}

/* The process for which the kernel works. */
static __u8 note_current(struct tcptable_trace_state* state, struct tcptable_process* process) {
  struct task_struct* task = (struct task_struct*)bpf_get_current_task_btf();
  if (task->flags & KERNEL_THREAD) return TCPTABLE_NO_PROCESS;
  struct task_struct* leader = task->group_leader;
  struct pid_namespace* ns = (struct pid_namespace*)state->pid_namespace;
  fill_process(process, leader, number_in(ns, state->pid_level, leader->thread_pid));
  return TCPTABLE_PROCESS;
}

/* A fresh entry, also for a socket that is used once more. */
static struct connection* begin(__u64 cookie, bool incoming) {
  struct connection fresh = {.incoming = incoming};
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

static void accepts(struct tcptable_trace_state* state, struct sock* sk, struct connection* connection) {
  connection->owner = note_current(state, &connection->process);
  connection->accepted = true;
  if (!connection->opened_at) connection->opened_at = bpf_ktime_get_ns(); /* TCP Fast Open */
  emit_now(state, sk, connection, TCPTABLE_ACCEPTED, STATE_ESTABLISHED);
}

/* Whether the process that has the socket closes it just now, or its sending side. */
static bool is_by_holder(struct sock* sk, __u8 after) {
  if (after == STATE_FIN_WAIT1 || after == STATE_LAST_ACK) return true;
  return after == STATE_CLOSE && sk->sk_lock.owned && sk->sk_shutdown == BOTH_WAYS && !sk->sk_err;
}

/* accept() that was not seen, as by io_uring. */
static void accepts_late(struct tcptable_trace_state* state, struct sock* sk, struct connection* connection,
                         __u8 after) {
  struct task_struct* task = (struct task_struct*)bpf_get_current_task_btf();
  if (!connection->incoming || connection->accepted || !is_by_holder(sk, after)) return;
  if (!(task->flags & KERNEL_THREAD)) accepts(state, sk, connection);
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

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(change_of_state, struct sock* sk, int before, int after) {
  if (before == after || !is_telling(after)) return 0;
  struct tcptable_trace_state* state = trace_state();
  if (!state || !is_followed(state, sk)) return 0;
  const __u64 cookie = bpf_get_socket_cookie(sk);
  if (after == STATE_SYN_SENT) {
    connects(state, cookie);
  } else if (after == STATE_LISTEN) {
    listens(state, sk, cookie, before);
  } else if (after == STATE_ESTABLISHED) {
    establishes(state, sk, cookie, before);
  } else {
    struct connection* connection = connection_of(cookie);
    if (connection) accepts_late(state, sk, connection, after);
    if (after == STATE_CLOSE) ends(state, sk, cookie, before);
  }
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

/* The current process's socket with this descriptor, or 0. */
static struct sock* sock_of_descriptor(__u64 descriptor) {
  struct task_struct* task = (struct task_struct*)bpf_get_current_task_btf();
  struct fdtable* table = CAST(CAST(task->files, struct files_struct)->fdt, struct fdtable);
  if (descriptor >= table->max_fds) return 0;
  struct file* file = CAST(WORD((__u64)table->fd + descriptor * sizeof(void*)), struct file);
  struct socket* socket = CAST(file->private_data, struct socket);
  return is_file_of(file, socket) ? CAST(socket->sk, struct sock) : 0;
}

/* One that was established before the programs were there has no entry yet. */
static struct connection* waiting_connection(struct sock* sk, __u64 cookie) {
  const __u8 now = sk->__sk_common.skc_state;
  struct connection* connection = connection_of(cookie);
  if (connection || !cookie || (now != STATE_ESTABLISHED && now != STATE_CLOSE_WAIT)) return connection;
  return begin(cookie, true);
}

static void accepts_ended(struct tcptable_trace_state* state, struct tcptable_event* kept, __u64 cookie) {
  const __u64 closed_at = kept->at;
  kept->owner = note_current(state, &kept->process);
  kept->at = bpf_ktime_get_ns();
  kept->kind = TCPTABLE_ACCEPTED;
  emit_copy(state, kept);
  kept->at = closed_at;
  kept->kind = TCPTABLE_CLOSED;
  emit_copy(state, kept);
  bpf_map_delete_elem(&kept_ends, &cookie);
}

static void accept_returns(struct tcptable_trace_state* state, struct sock* sk) {
  const __u64 cookie = sk->__sk_common.skc_cookie.counter;
  struct tcptable_event* kept = bpf_map_lookup_elem(&kept_ends, &cookie);
  if (kept) return accepts_ended(state, kept, cookie);
  struct connection* connection = waiting_connection(sk, cookie);
  if (connection && connection->incoming && !connection->accepted) accepts(state, sk, connection);
}

/* As sockaddr_in6 and, in its first eight bytes, sockaddr_in have it. */
struct peer_address {
  __u16 family;
  __u16 port_be;
  __u32 ipv4;
  __u8 ipv6[16];
};

static void add_peer(struct tcptable_row* row, const struct peer_address* peer) {
  row->remote_port_be = peer->port_be;
  if (peer->family == FAMILY_IPV4) {
    __builtin_memcpy(row->remote_address, &peer->ipv4, sizeof peer->ipv4);
  } else {
    __builtin_memcpy(row->remote_address, peer->ipv6, sizeof peer->ipv6);
  }
}

/* What says that no connection can be, not that the call was wrong or the answer is still to come. */
static bool is_refusal(__s32 error) {
  return error == EADDRNOTAVAIL || error == ENETUNREACH || error == EHOSTUNREACH || error == ENETDOWN ||
         error == EACCES || error == EPERM;
}

/* A connect() that failed before the socket's state changed, or before anything was sent. */
static void connect_returns(struct tcptable_trace_state* state, struct sock* sk, struct pt_regs* regs,
                            __s32 error) {
  struct peer_address peer = {};
  if (sk->__sk_common.skc_state != STATE_CLOSE || CAST(sk, struct tcp_sock)->write_seq) return;
  if (bpf_probe_read_user(&peer, sizeof peer, (void*)SECOND_ARGUMENT(regs)) &&
      bpf_probe_read_user(&peer, offsetof(struct peer_address, ipv6), (void*)SECOND_ARGUMENT(regs)))
    return;
  if (peer.family != sk->__sk_common.skc_family) return;
  struct tcptable_event* event = reserve(state);
  if (!event) return;
  const struct occurrence what = {bpf_ktime_get_ns(), error, TCPTABLE_CONNECT_FAILED, STATE_CLOSE};
  fill(event, sk, 0, &what);
  event->owner = note_current(state, &event->process);
  add_peer(&event->socket, &peer);
  bpf_ringbuf_submit(event, 0);
}

/* Every system call of the machine comes by here: a few instructions for those that are not meant. */
SEC("tp_btf/sys_exit")
int BPF_PROG(return_of_call, struct pt_regs* regs, long result) {
  const bool failed = result < 0;
  if (failed ? !is_refusal(-result) || !is_connect(regs) : !is_accept(regs)) return 0;
  struct tcptable_trace_state* state = trace_state();
  if (!state || !state->net) return 0;
  struct sock* sk = sock_of_descriptor(failed ? FIRST_ARGUMENT(regs) : (__u64)result);
  if (!sk || !is_followed(state, sk)) return 0;
  if (failed) {
    connect_returns(state, sk, regs, -result);
  } else {
    accept_returns(state, sk);
  }
  return 0;
}

/* Whoever runs it is the reader: what happens in his network namespace is followed from now on. */
SEC("syscall")
int follow_own_namespace(void* unused) {
  struct tcptable_trace_state* state = trace_state();
  struct task_struct* reader = (struct task_struct*)bpf_get_current_task_btf();
  struct pid* pid = reader->thread_pid;
  struct nsproxy* proxy = reader->nsproxy;
  if (!state || !pid || !proxy) return 1;
  state->pid_namespace = (__u64)namespace_of(pid);
  state->pid_level = pid->level;
  state->net = (__u64)proxy->net_ns;
  return 0;
}
