/* SPDX-License-Identifier: MIT */
/* The members of the kernel's structures that the programs read; CO-RE finds their places in the running
 * kernel. It remembers 31 names of structures from process to process, each in a place that its jhash
 * decides, and searches all types for two of one place again and again, 0.3 ms each. So some structures are
 * named by one that they are a part of: sock by inet_sock, socket by socket_alloc, fdtable by files_struct,
 * inet_timewait_sock by tcp_timewait_sock. nsproxy and inet_hashinfo still share a place, and so do file and
 * cgroup. */
#pragma once

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct ns_common {
  unsigned int inum;
};
struct timespec64 {
  long long tv_sec;
};
struct inode {
  unsigned long i_ino;
};
struct file {
  const void* f_op;
  void* private_data;
  struct inode* f_inode;
};
struct fdtable {
  unsigned int max_fds;
  struct file** fd;
  unsigned long* open_fds;
};
struct files_struct {
  struct fdtable* fdt;
  struct fdtable fdtab;
};
struct pid_namespace {
  unsigned int level;
};
struct upid {
  int nr;
  struct pid_namespace* ns;
};
struct pid {
  unsigned int level;
  struct upid numbers[];
};

struct hlist_nulls_head {
  void* first;
};
struct inet_ehash_bucket;
struct inet_listen_hashbucket {
  struct hlist_nulls_head nulls_head;
};
struct inet_hashinfo {
  struct inet_ehash_bucket* ehash;
  unsigned int ehash_mask;
  unsigned int lhash2_mask;
  struct inet_listen_hashbucket* lhash2;
};
struct inet_timewait_death_row {
  struct inet_hashinfo* hashinfo;
};
struct netns_ipv4 {
  struct inet_timewait_death_row tcp_death_row;
};
struct net {
  struct ns_common ns;
  struct netns_ipv4 ipv4;
};
struct nsproxy {
  struct net* net_ns;
};
struct thread_info {
  unsigned int status; /* x86 alone has it */
};
struct task_struct {
  struct thread_info thread_info;
  unsigned int flags;
  int pid;
  int tgid;
  struct task_struct* group_leader;
  struct pid* thread_pid;
  unsigned long long start_boottime;
  char comm[16];
  struct files_struct* files;
  struct nsproxy* nsproxy;
};

typedef struct {
  struct net* net;
} possible_net_t;
struct in6_addr {
  union {
    unsigned int u6_addr32[4];
  } in6_u;
};
struct hlist_nulls_node {
  void* next;
};
struct sock_common {
  unsigned int skc_daddr;
  unsigned int skc_rcv_saddr;
  unsigned int skc_hash;
  unsigned short skc_dport;
  unsigned short skc_num;
  unsigned short skc_family;
  volatile unsigned char skc_state;
  unsigned long skc_flags;
  int skc_bound_dev_if;
  possible_net_t skc_net;
  struct in6_addr skc_v6_daddr;
  struct in6_addr skc_v6_rcv_saddr;
  struct {
    long long counter;
  } skc_cookie;
  struct hlist_nulls_node skc_nulls_node;
};
enum sock_flags { SOCK_DEAD, SOCK_DONE };
struct socket;
typedef struct {
  unsigned int val;
} kuid_t;
struct kernfs_node {
  unsigned long long id;
};
struct cgroup {
  struct kernfs_node* kn;
};
struct sock_cgroup_data {
  struct cgroup* cgroup;
};
struct sock {
  struct sock_common __sk_common;
  struct {
    int owned;
  } sk_lock;
  struct socket* sk_socket;
  kuid_t sk_uid;
  int sk_err;
  unsigned char sk_shutdown;
  unsigned short sk_protocol;
  unsigned int sk_ack_backlog;
  unsigned int sk_max_ack_backlog;
  struct sock_cgroup_data sk_cgrp_data; /* CONFIG_SOCK_CGROUP_DATA */
};
struct socket {
  struct file* file;
  struct sock* sk;
};
struct socket_alloc {
  struct socket socket;
  struct inode vfs_inode;
};
struct inet_timewait_sock {
  unsigned char tw_substate;
};
struct tcp_timewait_sock {
  struct inet_timewait_sock tw_sk;
};
struct inet_sock {
  struct sock sk;
  unsigned short inet_sport;
};
struct request_sock_queue {
  struct {
    int counter;
  } qlen;
};
struct inet_connection_sock {
  struct request_sock_queue icsk_accept_queue;
};
struct tcp_sock {
  unsigned int rcv_nxt;
  unsigned int copied_seq;
  unsigned int write_seq;
  unsigned int snd_una;
  unsigned int srtt_us;
  unsigned int total_retrans;
  unsigned long long bytes_received;
  unsigned long long bytes_sent;
  unsigned long long bytes_retrans;
};

struct bpf_iter__task {
  struct task_struct* task;
};

#pragma clang attribute pop

/* Kfuncs of Linux 6.2. Reads through a pointer that bpf_rdonly_cast made give 0 where nothing is mapped. */
extern void bpf_rcu_read_lock(void) __ksym;
extern void bpf_rcu_read_unlock(void) __ksym;
extern void* bpf_rdonly_cast(const void* object, __u32 btf_id) __ksym;
#define CAST(pointer, type) ((type*)bpf_rdonly_cast((const void*)(pointer), bpf_core_type_id_kernel(type)))
/* The reader. Cast, since the verifier searches all types by name, three times over, for each pointer that a
 * program follows from one that it trusts; from others it doesn't. */
#define CURRENT_TASK() CAST(bpf_get_current_task_btf(), struct task_struct)
/* 64 bits at an address, as a number: the verifier allows no arithmetic on what it takes for a pointer. Any
 * named structure that begins with 64 bits will do; that they are at its beginning need not be looked up. */
#define WORD(address) (*(const __u64*)CAST(address, struct timespec64))
/* A table of descriptors, also one that has grown out of its files_struct. */
#define FDTABLE(address) \
  (&CAST((__u64)(address)-bpf_core_field_offset(struct files_struct, fdtab), struct files_struct)->fdtab)

enum { FAMILY_IPV4 = 2, FAMILY_IPV6 = 10 };
