/* SPDX-License-Identifier: MIT */
/* What is known only when a system call returns: who accepted a connection, and that none came about. */
#pragma once

#include "sys/bpf/system_calls.bpf.h"

/* The current process's socket with this descriptor, or 0. */
static struct sock* sock_of_descriptor(__u64 descriptor) {
  struct task_struct* task = CURRENT_TASK();
  struct fdtable* table = FDTABLE(CAST(task->files, struct files_struct)->fdt);
  if (descriptor >= table->max_fds) return 0;
  struct file* file = CAST(WORD((__u64)table->fd + descriptor * sizeof(void*)), struct file);
  struct socket_alloc* socket = CAST(file->private_data, struct socket_alloc);
  return is_file_of(file, socket) ? CAST(socket->socket.sk, struct sock) : 0;
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
  if (!connection || !connection->incoming || connection->accepted) return;
  if (accepts(state, sk, connection, cookie)) return;
  kept = bpf_map_lookup_elem(&kept_ends, &cookie); /* it has ended just now */
  if (kept) accepts_ended(state, kept, cookie);
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
static void connect_returns(struct tcptable_trace_state* state, struct sock* sk, void* address, __s32 error) {
  struct peer_address peer = {};
  if (sk->__sk_common.skc_state != STATE_CLOSE || CAST(sk, struct tcp_sock)->write_seq) return;
  if (bpf_probe_read_user(&peer, sizeof peer, address) &&
      bpf_probe_read_user(&peer, offsetof(struct peer_address, ipv6), address))
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
  const struct call_arguments arguments = arguments_of(regs);
  struct sock* sk = sock_of_descriptor(failed ? arguments.descriptor : (__u64)result);
  if (!sk || !is_followed(state, sk)) return 0;
  if (failed) {
    connect_returns(state, sk, (void*)arguments.address, -result);
  } else {
    accept_returns(state, sk);
  }
  return 0;
}
