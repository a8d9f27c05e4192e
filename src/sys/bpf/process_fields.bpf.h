/* SPDX-License-Identifier: MIT */
/* A process as the reader of the programs' records knows it. */
#pragma once

/* The number that the pid has at this level of the pid namespaces, if its namespace there is `ns` (0: any).
 */
static __s32 number_at_level(struct pid* pid, __u32 level, struct pid_namespace* ns) {
  const __u64 at =
      bpf_core_field_offset(struct pid, numbers) + (__u64)level * bpf_core_type_size(struct upid);
  struct upid* number = CAST((__u64)pid + at, struct upid);
  return !ns || number->ns == ns ? number->nr : 0;
}

/* The pid namespace to which the pid belongs. */
static struct pid_namespace* namespace_of(struct pid* pid) {
  const __u64 at =
      bpf_core_field_offset(struct pid, numbers) + (__u64)pid->level * bpf_core_type_size(struct upid);
  return CAST((__u64)pid + at, struct upid)->ns;
}

/* 0 where the namespace doesn't show it. */
static __s32 number_in(struct pid_namespace* ns, __u32 level, struct pid* pid) {
  return !pid || pid->level < level ? 0 : number_at_level(pid, level, ns);
}

static void fill_process(struct tcptable_process* process, struct task_struct* leader, __s32 pid) {
  process->start_boottime = leader->start_boottime;
  process->pid = pid;
  process->unused = 0;
  __builtin_memcpy(process->comm, leader->comm, sizeof process->comm);
}
