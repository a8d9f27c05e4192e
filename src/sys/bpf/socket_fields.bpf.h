/* SPDX-License-Identifier: MIT */
/* A socket's members as the records have them. */
#pragma once

enum {
  STATE_ESTABLISHED = 1,
  STATE_SYN_SENT,
  STATE_SYN_RECV,
  STATE_FIN_WAIT1,
  STATE_FIN_WAIT2,
  STATE_TIME_WAIT,
  STATE_CLOSE,
  STATE_CLOSE_WAIT,
  STATE_LAST_ACK,
  STATE_LISTEN,
  STATE_CLOSING,
  STATE_REQUEST,
};

/* The kernel's hash of the endpoints. Where there is no peer it has none; then the address, interface and
 * namespace of which it would be made tell one listener on a port from another. */
static inline __u32 hash_of(struct sock_common* sk) {
  if (sk->skc_dport) return sk->skc_hash;
  const __u64 net = WORD((__u64)sk + bpf_core_field_offset(struct sock_common, skc_net.net));
  __u32 hash = sk->skc_rcv_saddr ^ (__u32)(net >> 6);
  hash = hash * 31 + sk->skc_bound_dev_if;
  hash = hash * 31 + sk->skc_v6_rcv_saddr.in6_u.u6_addr32[0];
  hash = hash * 31 + sk->skc_v6_rcv_saddr.in6_u.u6_addr32[1];
  hash = hash * 31 + sk->skc_v6_rcv_saddr.in6_u.u6_addr32[2];
  return hash * 31 + sk->skc_v6_rcv_saddr.in6_u.u6_addr32[3];
}

static inline __u64 tag_of(struct sock_common* sk) {
  return tcptable_sock_tag(hash_of(sk), sk->skc_dport, sk->skc_num);
}

static inline void add_addresses(struct tcptable_row* row, struct sock_common* sk) {
  row->local_port = sk->skc_num;
  row->remote_port_be = sk->skc_dport;
  row->interface = sk->skc_bound_dev_if;
  if (row->family == FAMILY_IPV4) {
    *(__u32*)row->local_address = sk->skc_rcv_saddr;
    *(__u32*)row->remote_address = sk->skc_daddr;
  } else {
    __builtin_memcpy(row->local_address, &sk->skc_v6_rcv_saddr, sizeof row->local_address);
    __builtin_memcpy(row->remote_address, &sk->skc_v6_daddr, sizeof row->remote_address);
  }
}

/* A socket file opened by its path (O_PATH) isn't one; a socket's points back at its file, and lies beside
 * the file's inode. */
static inline bool is_file_of(struct file* file, struct socket_alloc* alloc) {
  const __u64 inode = (__u64)alloc + bpf_core_field_offset(struct socket_alloc, vfs_inode);
  return alloc && alloc->socket.file == file && (__u64)file->f_inode == inode;
}

static inline __u64 inode_number_of(__u64 socket) {
  return CAST(socket, struct socket_alloc)->vfs_inode.i_ino;
}
