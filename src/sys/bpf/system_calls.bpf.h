/* SPDX-License-Identifier: MIT */
/* System calls by their numbers, which each architecture has its own of. The build says which one it is for;
 * on one that isn't listed no call is known. */
#pragma once

#include <linux/net.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
#if defined(__TARGET_ARCH_x86)
enum { CALL_CONNECT = 42, CALL_ACCEPT = 43, CALL_ACCEPT4 = 288 };
/* Those of a 32-bit program, which may also make one call for all that there is to do with sockets. */
enum { COMPAT_CONNECT = 362, COMPAT_ACCEPT4 = 364, COMPAT_SOCKETCALL = 102, IS_COMPAT = 2 /* TS_COMPAT */ };
struct pt_regs {
  unsigned long orig_ax;
  unsigned long bx;
  unsigned long cx;
  unsigned long di;
  unsigned long si;
};
#define NUMBER_OF_CALL(regs) ((regs)->orig_ax)
#define FIRST_ARGUMENT(regs) ((regs)->di)
#define SECOND_ARGUMENT(regs) ((regs)->si)
#elif defined(__TARGET_ARCH_arm64)
enum { CALL_CONNECT = 203, CALL_ACCEPT = 202, CALL_ACCEPT4 = 242 };
struct user_pt_regs {
  unsigned long long regs[31];
};
struct pt_regs {
  union {
    struct user_pt_regs user_regs;
    struct {
      unsigned long long regs[31];
    };
  };
  unsigned long long orig_x0;
  int syscallno;
};
#define NUMBER_OF_CALL(regs) ((regs)->syscallno)
#define FIRST_ARGUMENT(regs) ((regs)->orig_x0)
#define SECOND_ARGUMENT(regs) ((regs)->regs[1])
#else
enum { CALL_CONNECT = -1, CALL_ACCEPT = -1, CALL_ACCEPT4 = -1 };
struct pt_regs;
#define NUMBER_OF_CALL(regs) 0
#define FIRST_ARGUMENT(regs) 0
#define SECOND_ARGUMENT(regs) 0
#endif
#pragma clang attribute pop

/* Of connect(). */
struct call_arguments {
  __u64 descriptor;
  __u64 address; /* the peer's, in the program */
};

#if defined(__TARGET_ARCH_x86)
static bool is_compat(void) {
  return CURRENT_TASK()->thread_info.status & IS_COMPAT;
}

static bool is_accept(struct pt_regs* regs) {
  switch (NUMBER_OF_CALL(regs)) {
    case CALL_ACCEPT:
    case CALL_ACCEPT4:
      return !is_compat();
    case COMPAT_ACCEPT4:
      return is_compat();
    case COMPAT_SOCKETCALL:
      return is_compat() && (regs->bx == SYS_ACCEPT || regs->bx == SYS_ACCEPT4);
    default:
      return false;
  }
}

static bool is_connect(struct pt_regs* regs) {
  switch (NUMBER_OF_CALL(regs)) {
    case CALL_CONNECT:
      return !is_compat();
    case COMPAT_CONNECT:
      return is_compat();
    case COMPAT_SOCKETCALL:
      return is_compat() && regs->bx == SYS_CONNECT;
    default:
      return false;
  }
}

static struct call_arguments arguments_of(struct pt_regs* regs) {
  struct call_arguments arguments = {FIRST_ARGUMENT(regs), SECOND_ARGUMENT(regs)};
  if (!is_compat()) return arguments;
  __u32 given[2] = {regs->bx, regs->cx};
  if (NUMBER_OF_CALL(regs) == COMPAT_SOCKETCALL) bpf_probe_read_user(given, sizeof given, (void*)regs->cx);
  arguments.descriptor = given[0];
  arguments.address = given[1];
  return arguments;
}
#else
static bool is_accept(struct pt_regs* regs) {
  const __u64 number = NUMBER_OF_CALL(regs);
  return number == CALL_ACCEPT || number == CALL_ACCEPT4;
}

static bool is_connect(struct pt_regs* regs) {
  return NUMBER_OF_CALL(regs) == CALL_CONNECT;
}

static struct call_arguments arguments_of(struct pt_regs* regs) {
  return (struct call_arguments){FIRST_ARGUMENT(regs), SECOND_ARGUMENT(regs)};
}
#endif
