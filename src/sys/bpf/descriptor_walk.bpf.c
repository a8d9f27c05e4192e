/* SPDX-License-Identifier: MIT */
/* The program that walks every process's descriptors and lists those that are internet sockets. */
#include <stdbool.h>

#include "sys/bpf/kernel_types.h"
#include "sys/bpf/records.h"

#include "sys/bpf/lockless_walk.bpf.h"
#include "sys/bpf/process_fields.bpf.h"
#include "sys/bpf/socket_fields.bpf.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, TCPTABLE_MOST_SLOTS);
  __uint(map_flags, BPF_F_MMAPABLE);
  __type(key, __u32);
  __type(value, struct tcptable_held_buffer);
} held_buffers SEC(".maps");

static __u64 socket_operations; /* file_operations of every socket, once one has been seen */

#define NO_PROCESS 0xffffffff
#define DESCRIPTORS_PER_WORD 64
#define DESCRIPTORS_AT_A_TIME 8 /* a power of two */
#define MOST_GROWTHS 32         /* of a table under the walk: each at least doubles it */

/* Where a reader's walk is; in a map, so that the verifier need not follow it step by step. */
struct descriptor_state {
  __u64 task;     /* struct task_struct */
  __u64 files;    /* its struct files_struct */
  __u64 table;    /* their struct fdtable */
  __u64 pointers; /* the table's array of struct file * */
  __u64 open;     /* the table's bitmap */
  __u64 bits;
  __u32 word;
  __u32 words; /* of the table as it was first seen; what has been added since is new */
  __u32 process;
  bool full;
  __u64 fetched; /* nobody reads it */
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, TCPTABLE_MOST_SLOTS);
  __type(key, __u32);
  __type(value, struct descriptor_state);
} descriptor_states SEC(".maps");

struct descriptor_walk {
  struct descriptor_state* state;
  struct tcptable_held_buffer* out;
};

static __s32 pid_seen_by_reader(struct task_struct* leader) {
  struct task_struct* reader = CURRENT_TASK();
  struct pid* mine = reader->thread_pid;
  return mine ? number_in(namespace_of(mine), mine->level, leader->thread_pid) : 0;
}

/* The slot of the thread that reads, by its thread id as it knows it itself. */
static bool find_slot_of_reader(struct descriptor_walk* walk) {
  struct pid* mine = CURRENT_TASK()->thread_pid;
  if (!mine) return false;
  const __u32 number = number_at_level(mine, mine->level, 0);
  for (__u32 slot = 0; slot < TCPTABLE_MOST_SLOTS; slot++) {
    const __u32 key = slot;
    walk->out = bpf_map_lookup_elem(&held_buffers, &key);
    if (!walk->out) return false;
    if (walk->out->reader != number) continue;
    walk->state = bpf_map_lookup_elem(&descriptor_states, &key);
    return walk->state != 0;
  }
  return false;
}

static void add_process(struct descriptor_walk* walk) {
  struct tcptable_held_buffer* out = walk->out;
  const __u32 at = out->process_count;
  if (at >= TCPTABLE_PROCESS_RECORDS) return;
  struct tcptable_process* process = &out->processes[at];
  struct task_struct* leader = CAST(walk->state->task, struct task_struct)->group_leader;
  fill_process(process, leader, pid_seen_by_reader(leader));
  walk->state->process = at;
  out->process_count = at + 1;
}

static bool is_socket(struct file* file, struct socket_alloc* socket) {
  const __u64 operations = (__u64)file->f_op;
  if (socket_operations) return operations == socket_operations;
  if (!is_file_of(file, socket)) return false;
  socket_operations = operations;
  return true;
}

/* What an internet socket's struct sock begins with, or 0. */
static struct sock_common* sock_of(struct socket_alloc* alloc) {
  const __u64 address = (__u64)alloc->socket.sk;
  if (!address) return 0;
  struct sock_common* sk = CAST(address, struct sock_common);
  const __u16 family = sk->skc_family;
  return family == FAMILY_IPV4 || family == FAMILY_IPV6 ? sk : 0;
}

static void identify(struct tcptable_held* held, __u32 identity, struct socket_alloc* socket,
                     struct sock_common* sk) {
  switch (identity) {
    case TCPTABLE_BY_SOCK:
      held->key = (__u64)sk;
      held->tag = tag_of(sk);
      return;
    case TCPTABLE_BY_SOCKET:
      held->key = (__u64)socket;
      held->tag = inode_number_of((__u64)socket);
      return;
    case TCPTABLE_BY_COOKIE:
      held->key = sk->skc_cookie.counter;
      return;
    default:
      held->key = inode_number_of((__u64)socket);
  }
}

/* Without a branch: the verifier would follow both of its ways, eight times over, for 50 ms. */
static __always_inline __u64 only_if_zero(__u64 value, __u64 zero) {
  __u64 negative = zero | -zero; /* its highest bit: whether there is any */
  barrier_var(negative);
  return value & ((negative >> 63) - 1);
}

/* Reads that don't wait for each other: the processor fetches several files from memory at once, then their
 * sockets, then what these have in common with each other. */
static __always_inline void fetch_sockets_of(struct descriptor_state* state, __u64 first) {
  __u64 at[DESCRIPTORS_AT_A_TIME];
  __u64 fetched = 0;
#pragma unroll
  for (int i = 0; i < DESCRIPTORS_AT_A_TIME; i++) at[i] = WORD(first + i * sizeof(void*));
#pragma unroll
  for (int i = 0; i < DESCRIPTORS_AT_A_TIME; i++) {
    const __u64 operations = WORD(at[i] + bpf_core_field_offset(struct file, f_op));
    const __u64 socket = WORD(at[i] + bpf_core_field_offset(struct file, private_data));
    at[i] = only_if_zero(socket, operations ^ socket_operations);
  }
#pragma unroll
  for (int i = 0; i < DESCRIPTORS_AT_A_TIME; i++) at[i] = (__u64)CAST(at[i], struct socket_alloc)->socket.sk;
#pragma unroll
  for (int i = 0; i < DESCRIPTORS_AT_A_TIME; i++) fetched += WORD(at[i]);
  state->fetched = fetched;
}

static long one_descriptor(__u32 bit, struct descriptor_walk* walk) {
  struct descriptor_state* state = walk->state;
  const __u64 place = state->pointers + ((__u64)state->word * DESCRIPTORS_PER_WORD + bit) * sizeof(void*);
  if (bit % DESCRIPTORS_AT_A_TIME == 0) fetch_sockets_of(state, place);
  if (!(state->bits >> (bit & 63) & 1)) return 0;
  const __u64 pointer = WORD(place);
  if (!pointer) return 0;
  struct file* file = CAST(pointer, struct file);
  struct socket_alloc* socket = CAST(file->private_data, struct socket_alloc);
  if (!is_socket(file, socket)) return 0;
  struct sock_common* sk = sock_of(socket);
  if (!sk) return 0;
  struct tcptable_held_buffer* out = walk->out;
  if (state->process == NO_PROCESS) add_process(walk);
  const __u32 at = out->held_count;
  if (at >= TCPTABLE_HELD_RECORDS) return 1;
  struct tcptable_held* held = &out->held[at];
  identify(held, out->identity, socket, sk);
  held->process = state->process;
  SECOND_LOOK();
  if (WORD(place) == pointer && (__u64)file->private_data == (__u64)socket &&
      (__u64)socket->socket.sk == (__u64)sk) {
    out->held_count = at + 1;
  }
  return 0;
}

/* Whether another reader takes the word's descriptors. */
static bool is_anothers(struct descriptor_walk* walk) {
  const __u32 shares = walk->out->shares;
  const __u64 block = walk->state->word / (TCPTABLE_SHARED_BLOCK / DESCRIPTORS_PER_WORD) +
                      CAST(walk->state->task, struct task_struct)->tgid;
  return shares > 1 && block % shares != walk->out->share;
}

static bool open_table(struct descriptor_state* state) {
  state->table = (__u64)CAST(state->files, struct files_struct)->fdt;
  state->pointers = (__u64)FDTABLE(state->table)->fd;
  state->open = (__u64)FDTABLE(state->table)->open_fds;
  return state->table != 0;
}

/* Whether the task still has these files. */
static bool has_files(struct descriptor_state* state) {
  return (__u64)CAST(state->task, struct task_struct)->files == state->files;
}

/* The table that was read is still this task's: neither has it grown into a new one, nor has the task left
 * it. */
static bool table_is_current(struct descriptor_state* state) {
  return has_files(state) && (__u64)CAST(state->files, struct files_struct)->fdt == state->table;
}

static long one_word(__u32 index, struct descriptor_walk* walk) {
  struct descriptor_state* state = walk->state;
  struct tcptable_held_buffer* out = walk->out;
  if (state->word >= state->words) return 1;
  state->bits = is_anothers(walk) ? 0 : WORD(state->open + (__u64)state->word * sizeof state->bits);
  if (!state->bits) {
    state->word++;
    return 0;
  }
  const __u32 before = out->held_count;
  if (before + DESCRIPTORS_PER_WORD > TCPTABLE_HELD_RECORDS ||
      out->process_count >= TCPTABLE_PROCESS_RECORDS) {
    state->full = true;
    return 1;
  }
  bpf_loop(DESCRIPTORS_PER_WORD, one_descriptor, walk, 0);
  SECOND_LOOK();
  if (table_is_current(state)) {
    state->word++;
    return 0;
  }
  out->held_count = before;
  if (!has_files(state)) return 1;
  return open_table(state) ? 0 : 1; /* once more, with the new table */
}

static bool begin_table(struct descriptor_walk* walk, struct task_struct* task, struct files_struct* files) {
  struct descriptor_state* state = walk->state;
  struct tcptable_held_buffer* out = walk->out;
  state->task = (__u64)task;
  state->files = (__u64)files;
  state->process = NO_PROCESS;
  state->word = 0;
  state->full = false;
  if (!open_table(state)) return false;
  if (out->resume_task == state->task && out->resume_start == task->start_boottime) {
    state->word = out->resume_word;
  }
  out->resume_task = 0;
  return true;
}

/* Returns 1, which ends the read with EAGAIN, when the buffer is full: the next read goes on where this one
 * stopped. */
SEC("iter/task")
int walk_descriptors(struct bpf_iter__task* ctx) {
  struct task_struct* task = CAST(ctx->task, struct task_struct);
  struct descriptor_walk walk = {};
  if (!task || !find_slot_of_reader(&walk)) return 0;
  struct files_struct* files = task->files;
  struct task_struct* leader = task->group_leader;
  if (!files || (task != leader && files == leader->files)) return 0;
  if (pid_seen_by_reader(leader) == 1) walk.out->saw_init = 1;
  if (!begin_table(&walk, task, files)) return 0;
  struct descriptor_state* state = walk.state;
  state->words = (FDTABLE(state->table)->max_fds + DESCRIPTORS_PER_WORD - 1) / DESCRIPTORS_PER_WORD;
  if (state->words <= state->word) return 0;
  /* A word whose table grew meanwhile is read once more. */
  bpf_loop(state->words - state->word + MOST_GROWTHS, one_word, &walk, 0);
  if (!state->full) return 0;
  walk.out->resume_task = (__u64)task;
  walk.out->resume_start = task->start_boottime;
  walk.out->resume_word = state->word;
  return 1;
}
