/* SPDX-License-Identifier: MIT */
/* The programs that walk TCP's hash tables, and that look again at single sockets found there. */
#include <stdbool.h>

#include "sys/bpf/kernel_types.h"
#include "sys/bpf/records.h"

#include "sys/bpf/lockless_walk.bpf.h"
#include "sys/bpf/socket_fields.bpf.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

#define MOST_PENDING 4096 /* a power of two, more than there are buckets in a stretch */
#define LONGEST_STRETCH 1024
#define BUCKETS_AT_A_TIME 8
#define SOCKETS_AT_A_TIME 8     /* a power of two */
#define DETAILS_AT_A_TIME 4     /* the same; each is five reads to verify */
#define NO_NODE 1               /* looks like the end of a chain */
#define CHAIN_ENDS (1ULL << 63) /* beside the marker: the node was the last, and has been walked */
#define LISTENING_MARKER_BASE (1U << 29)

struct pending_node {
  __u64 node;
  __u64 marker; /* what ends its chain */
};

/* State that the verifier need not follow step by step, since it is in a map. */
struct table_state {
  __u64 net;
  __u64 base;   /* the first bucket */
  __u64 stride; /* bytes from bucket to bucket */
  __u32 table;
  __u32 marker_base;
  __u32 hash_mask; /* a socket's hash under this mask is its bucket; 0: its hash tells nothing */
  __u32 bucket;
  __u32 pending_count;
  __u32 count;
  __u32 family;
  __u32 states;
  __u32 flags;
  __u32 stretch;
  __u32 end;
  __u32 torn;
  __u32 requests;
  bool full;
  __u64 fetched;                /* nobody reads it */
  __u64 first[LONGEST_STRETCH]; /* of each chain of the stretch, as it was when the walk began with it */
  struct pending_node pending[MOST_PENDING];
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, TCPTABLE_MOST_SLOTS);
  __type(key, __u32);
  __type(value, struct table_state);
} table_states SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, TCPTABLE_MOST_SLOTS);
  __uint(map_flags, BPF_F_MMAPABLE);
  __type(key, __u32);
  __type(value, struct tcptable_row_buffer);
} row_buffers SEC(".maps");

struct table_walk {
  struct table_state* state;
  struct tcptable_row_buffer* out;
};

static __always_inline void add_pending(struct table_state* state, __u64 node, __u64 marker) {
  struct pending_node* pending = &state->pending[state->pending_count & (MOST_PENDING - 1)];
  pending->node = node;
  pending->marker = marker;
  state->pending_count += ~node & 1; /* no branch: whether a bucket is empty can't be foretold */
}

static struct inet_hashinfo* hashinfo_of(struct net* net) {
  return CAST(net->ipv4.tcp_death_row.hashinfo, struct inet_hashinfo);
}

/* Namespaces may share the one table and have the other to themselves. */
static __u64 first_bucket(struct net* net, __u32 table) {
  struct inet_hashinfo* info = hashinfo_of(net);
  if (table != TCPTABLE_LISTENERS) return (__u64)info->ehash;
  return (__u64)info->lhash2 + bpf_core_field_offset(struct inet_listen_hashbucket, nulls_head);
}

/* First looks at many buckets, then at what is in them: the processor fetches many sockets from memory at
 * once. */
static long some_buckets(__u32 index, struct table_walk* walk) {
  struct table_state* state = walk->state;
  const __u64 at = state->bucket + index * BUCKETS_AT_A_TIME;
  const __u64 stride = state->stride;
  const __u64 first = state->base + at * stride;
  const __u64 marker = state->marker_base + at;
#pragma unroll
  for (int i = 0; i < BUCKETS_AT_A_TIME; i++) {
    const __u64 node = WORD(first + i * stride);
    state->first[(at + i) & (LONGEST_STRETCH - 1)] = node;
    add_pending(state, at + i < state->end ? node : NO_NODE, marker + i);
  }
  return 0;
}

static void add_queues(struct tcptable_row_details* details, struct inet_sock* inet, __u8 state) {
  if (state == STATE_LISTEN) {
    details->receive_queue = inet->sk.sk_ack_backlog;
    details->send_queue = inet->sk.sk_max_ack_backlog;
    return;
  }
  struct tcp_sock* tcp = CAST(inet, struct tcp_sock);
  const __s32 received = tcp->rcv_nxt - tcp->copied_seq;
  details->receive_queue = received > 0 ? received : 0;
  details->send_queue = tcp->write_seq - tcp->snd_una;
}

static void add_inode(struct tcptable_row_details* details, struct inet_sock* inet) {
  const __u64 socket = (__u64)inet->sk.sk_socket;
  details->socket = socket;
  details->inode = socket ? inode_number_of(socket) : 0;
}

/* What sock_diag gives as INET_DIAG_CGROUP_ID. */
static void add_cgroup(struct tcptable_row_details* details, struct inet_sock* inet) {
  details->cgroup_id = 0;
  if (!bpf_core_field_exists(inet->sk.sk_cgrp_data)) return;
  struct cgroup* group = inet->sk.sk_cgrp_data.cgroup;
  if (group) details->cgroup_id = CAST(CAST(group, struct cgroup)->kn, struct kernfs_node)->id;
}

static void add_details(struct tcptable_row_details* details, struct inet_sock* inet, __u8 state,
                        __u32 flags) {
  if (flags & TCPTABLE_WITH_INODES) add_inode(details, inet);
  if (flags & TCPTABLE_WITH_UIDS) details->uid = inet->sk.sk_uid.val;
  if (flags & TCPTABLE_WITH_QUEUES) add_queues(details, inet, state);
  if (flags & TCPTABLE_WITH_CGROUPS) add_cgroup(details, inet);
}

static __u8 reported_state(struct sock_common* sk, __u8 state) {
  if (state == STATE_REQUEST) return STATE_SYN_RECV;
  return state == STATE_TIME_WAIT ? CAST(sk, struct tcp_timewait_sock)->tw_sk.tw_substate : state;
}

static bool is_wanted(struct table_state* state, struct sock_common* sk, __u8 reported) {
  if ((__u64)sk->skc_net.net != state->net) return false;
  if (state->family && sk->skc_family != state->family) return false;
  return reported != STATE_CLOSE && state->states >> (reported & 31) & 1;
}

static __u32 requests_of(struct sock_common* listener) {
  return CAST(listener, struct inet_connection_sock)->icsk_accept_queue.qlen.counter;
}

/* What a socket that takes another's place in a chain differs in; a listener isn't replaced under RCU. */
static __u64 ends_of(struct sock_common* sk) {
  return tcptable_sock_tag(sk->skc_hash, sk->skc_dport, sk->skc_num);
}

static bool is_mini(__u8 state) {
  return state == STATE_TIME_WAIT || state == STATE_REQUEST;
}

static void fill_row(struct tcptable_row* row, struct sock_common* sk, __u8 state, __u8 reported) {
  row->sock = (__u64)sk;
  row->cookie = sk->skc_cookie.counter;
  row->hash = hash_of(sk);
  row->family = sk->skc_family;
  row->state = reported;
  row->is_mini = is_mini(state);
  add_addresses(row, sk);
}

/* A socket that was freed and used anew may lead into another chain, or another table, from where the walk
 * would not come back. Only one that still belongs where it was found can be followed. */
static bool has_left_chain(struct table_state* state, struct sock_common* sk, __u64 marker) {
  if (state->hash_mask && (sk->skc_hash & state->hash_mask) != marker) return true;
  const __u64 net = (__u64)sk->skc_net.net;
  return net != state->net && first_bucket(CAST(net, struct net), state->table) != state->base;
}

/* Reads that don't wait for each other: the processor fetches several sockets from memory at once. What is
 * behind the last pending node is an old one, or none, and harmless. */
static __always_inline void fetch_sockets(struct table_state* state, __u32 index) {
  const __u64 to_sock = bpf_core_field_offset(struct sock_common, skc_nulls_node);
  __u64 fetched = 0;
#pragma unroll
  for (int i = 0; i < SOCKETS_AT_A_TIME; i++) {
    const __u64 node = state->pending[(index + i) & (MOST_PENDING - 1)].node;
    fetched += WORD(node) + WORD(node - to_sock);
  }
  state->fetched = fetched;
}

/* The same for what lies in other cache lines, and behind a pointer. */
static __always_inline void fetch_details(struct table_state* state, __u32 index) {
  const __u64 to_sock = bpf_core_field_offset(struct sock_common, skc_nulls_node);
  __u64 sockets[DETAILS_AT_A_TIME];
  __u64 fetched = 0;
#pragma unroll
  for (int i = 0; i < DETAILS_AT_A_TIME; i++) {
    const __u64 sk = state->pending[(index + i) & (MOST_PENDING - 1)].node - to_sock;
    sockets[i] = WORD(sk + bpf_core_field_offset(struct inet_sock, sk.sk_socket));
    fetched += WORD(sk + bpf_core_field_offset(struct inet_sock, sk.sk_uid));
    fetched += WORD(sk + bpf_core_field_offset(struct tcp_sock, rcv_nxt));
    fetched += WORD(sk + bpf_core_field_offset(struct tcp_sock, write_seq));
  }
#pragma unroll
  for (int i = 0; i < DETAILS_AT_A_TIME; i++) {
    fetched += WORD(sockets[i] + bpf_core_field_offset(struct socket_alloc, vfs_inode.i_ino));
  }
  state->fetched += fetched;
}

/* What is behind the node; a chain that ends with another's marker was left on the way. */
static __always_inline void add_next(struct table_state* state, __u64 node, __u64 marker) {
  const __u64 next = WORD(node);
  if (next & 1) {
    state->torn += next >> 1 != marker;
    add_pending(state, node, marker | CHAIN_ENDS);
  } else if (next) {
    add_pending(state, next, marker);
  } else {
    state->torn++;
  }
}

static __always_inline __u64* first_of_chain(struct table_state* state, __u64 marker) {
  return &state->first[(marker - state->marker_base) & (LONGEST_STRETCH - 1)];
}

/* New sockets come at a chain's beginning. One of them may be the TIME_WAIT of a connection that left the
 * chain before the walk came to it, so a chain that has got another beginning meanwhile is walked again; and
 * one in which a socket was closed, whose very place its TIME_WAIT takes in some kernels. What comes by twice
 * is dropped by the reader, but not by who counts. */
static __always_inline void end_chain(struct table_state* state, __u64 marker) {
  if (state->flags & TCPTABLE_ONLY_COUNT) return;
  __u64* first = first_of_chain(state, marker);
  const __u64 now = WORD(state->base + (marker - state->marker_base) * state->stride);
  if (now == *first) return;
  *first = now;
  add_pending(state, now, marker);
}

static long one_socket(__u32 index, struct table_walk* walk) {
  struct table_state* state = walk->state;
  if (index >= state->pending_count) return 1;
  if (index % SOCKETS_AT_A_TIME == 0) fetch_sockets(state, index);
  if (index % DETAILS_AT_A_TIME == 0 && state->flags & TCPTABLE_WITH_INODES) fetch_details(state, index);
  const struct pending_node* pending = &state->pending[index & (MOST_PENDING - 1)];
  const __u64 node = pending->node;
  const __u64 marker = pending->marker;
  if (marker & CHAIN_ENDS) {
    end_chain(state, marker & ~CHAIN_ENDS);
    return 0;
  }
  add_next(state, node, marker);
  struct sock_common* sk =
      CAST(node - bpf_core_field_offset(struct sock_common, skc_nulls_node), struct sock_common);
  const __u64 ends = ends_of(sk);
  SECOND_LOOK();
  state->torn += has_left_chain(state, sk, marker);
  const __u8 own_state = sk->skc_state;
  const __u8 reported = reported_state(sk, own_state);
  if (reported == STATE_CLOSE) *first_of_chain(state, marker) = NO_NODE;
  if (!is_wanted(state, sk, reported)) return 0;
  const __u32 at = state->count++;
  if (state->flags & TCPTABLE_ONLY_COUNT) {
    if (own_state == STATE_LISTEN) state->requests += requests_of(sk);
    return 0;
  }
  if (at >= TCPTABLE_ROW_RECORDS) {
    state->full = true;
    return 1;
  }
  fill_row(&walk->out->rows[at], sk, own_state, reported);
  if (walk->out->rows[at].local_port == 0) { /* closed since its state was read */
    state->torn++;
    return 0;
  }
  if (!is_mini(own_state))
    add_details(&walk->out->details[at], CAST(sk, struct inet_sock), own_state, state->flags);
  SECOND_LOOK();
  state->torn += ends_of(sk) != ends;
  return 0;
}

static long one_stretch(__u32 index, struct table_walk* walk) {
  struct table_state* state = walk->state;
  const __u32 before = state->count;
  const __u32 requests_before = state->requests;
  if (state->bucket >= state->end) return 1;
  if (state->stretch > state->end - state->bucket) state->stretch = state->end - state->bucket;
  state->pending_count = 0;
  bpf_loop((state->stretch + BUCKETS_AT_A_TIME - 1) / BUCKETS_AT_A_TIME, some_buckets, walk, 0);
  bpf_loop(1 << 23, one_socket, walk, 0);
  if (state->torn || state->full) {
    state->count = before;
    state->requests = requests_before;
    return 1;
  }
  state->bucket += state->stretch;
  return 0;
}

static __u32 buckets_of(struct net* net, __u32 table) {
  struct inet_hashinfo* info = hashinfo_of(net);
  return (table == TCPTABLE_LISTENERS ? info->lhash2_mask : info->ehash_mask) + 1; /* a power of two */
}

static void choose_table(struct table_state* state, struct net* net, __u32 table) {
  state->table = table;
  state->base = first_bucket(net, table);
  if (table == TCPTABLE_LISTENERS) {
    state->stride = bpf_core_type_size(struct inet_listen_hashbucket);
    state->marker_base = LISTENING_MARKER_BASE;
    state->hash_mask = 0;
  } else {
    state->stride = sizeof(void*); /* a bucket is its chain; were it more, all chains would look torn */
    state->marker_base = 0;
    state->hash_mask = hashinfo_of(net)->ehash_mask;
  }
}

static void walk_buckets(struct tcptable_table_walk* args, struct table_walk* walk, __u64 net) {
  struct table_state* state = walk->state;
  state->net = net;
  state->bucket = args->bucket;
  state->end = args->end;
  state->family = args->family;
  state->states = args->states;
  state->flags = args->flags;
  state->stretch = args->stretch;
  state->count = 0;
  state->requests = 0;
  state->torn = 0;
  state->full = false;
  bpf_loop(1 << 20, one_stretch, walk, 0);
  args->bucket = state->bucket;
  args->count = state->count;
  args->torn = state->torn;
  args->requests = state->requests;
}

/* Asked for no bucket that there is, it tells the table's size and leaves the slot's state to whoever uses
 * it. */
static int walk_own_namespace(struct tcptable_table_walk* args, struct table_walk* walk,
                              struct nsproxy* proxy) {
  if (!proxy || args->stretch == 0 || args->stretch > LONGEST_STRETCH) return 1;
  struct net* net = CAST(proxy->net_ns, struct net);
  const __u32 buckets = buckets_of(net, args->table);
  if (args->end == 0 || args->end > buckets) args->end = buckets;
  if (args->bucket >= args->end) return 0;
  choose_table(walk->state, net, args->table);
  walk_buckets(args, walk, (__u64)net);
  return 0;
}

static long one_second_look(__u32 at, struct table_walk* walk) {
  struct tcptable_row_buffer* out = walk->out;
  if (at >= TCPTABLE_ROW_RECORDS) return 1;
  struct tcptable_row* row = &out->rows[at];
  struct sock_common* sk = CAST(row->sock, struct sock_common);
  const __u64 tag = tcptable_sock_tag(row->hash, row->remote_port_be, row->local_port);
  const __u8 state = sk->skc_state;
  add_inode(&out->details[at], CAST(sk, struct inet_sock));
  SECOND_LOOK();
  row->state = tag_of(sk) == tag && !is_mini(state) ? state : 0;
  return 0;
}

static int look_again(struct tcptable_table_walk* args, struct table_walk* walk) {
  bpf_loop(args->count, one_second_look, walk, 0);
  return 0;
}

SEC("syscall")
int walk_table(struct tcptable_table_walk* args) {
  const __u32 slot = args->slot;
  struct table_walk walk = {.state = bpf_map_lookup_elem(&table_states, &slot),
                            .out = bpf_map_lookup_elem(&row_buffers, &slot)};
  if (!walk.state || !walk.out) return 1;
  struct task_struct* reader = CURRENT_TASK();
  bpf_rcu_read_lock();
  const int failed = args->flags & TCPTABLE_LOOK_AGAIN ? look_again(args, &walk)
                                                       : walk_own_namespace(args, &walk, reader->nsproxy);
  bpf_rcu_read_unlock();
  return failed;
}
