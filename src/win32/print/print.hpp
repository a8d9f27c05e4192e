// SPDX-License-Identifier: MIT
// What the printing functions share: printing behind a guard, and forwarding variable arguments.
#pragma once

#include "win32/print/printed_text.hpp"
#include "win32/wide_unit.hpp"

#include <cerrno>
#include <new>

// The body of a function with variable arguments behind `last`: a call of its sibling that takes a list.
#define TCPTABLE_FORWARD_ARGUMENTS(last, call) \
  va_list arguments;                           \
  va_start(arguments, last);                   \
  const int printed = call;                    \
  va_end(arguments);                           \
  return printed

namespace tcptable::win32 {
namespace {

[[maybe_unused]] int fail_print(int code) {
  errno = code;
  return -1;
}

// Prints in memory and has `deliver` bring the text to where it goes. A fault in the format is the answer
// then, not how much was delivered.
template <typename Char, typename Deliver>
int print(const Char* format, va_list arguments, const Deliver& deliver) {
  if (format == nullptr) return fail_print(EINVAL);
  try {
    const PrintedText<Char> printed = print_text<Char, WideUnit>(format, arguments);
    const int delivered = deliver(printed.text);
    return printed.complete ? delivered : fail_print(EINVAL);
  } catch (const std::bad_alloc&) {
    return fail_print(ENOMEM);
  }
}

}  // namespace
}  // namespace tcptable::win32
