/* SPDX-License-Identifier: MIT */
/* System calls by their numbers, which each architecture has its own of. The build says which one it is for;
 * on one that isn't listed no call is known. */
#pragma once

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
#if defined(__TARGET_ARCH_x86)
enum { CALL_CONNECT = 42, CALL_ACCEPT = 43, CALL_ACCEPT4 = 288 };
struct pt_regs {
  unsigned long orig_ax;
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

static bool is_accept(struct pt_regs* regs) {
  const __u64 number = NUMBER_OF_CALL(regs);
  return number == CALL_ACCEPT || number == CALL_ACCEPT4;
}

static bool is_connect(struct pt_regs* regs) {
  return NUMBER_OF_CALL(regs) == CALL_CONNECT;
}
