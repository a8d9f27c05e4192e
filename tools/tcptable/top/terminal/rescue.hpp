// SPDX-License-Identifier: MIT
// Leaves the terminal as it was when the program ends where it should not: by a crash, or by a signal that
// comes a second time. What must be written is prepared before, since a handler may only write it.
#pragma once

#include <termios.h>

#include <string_view>

namespace tool::top {

/// From now on, until disarm_rescue(), rescue_terminal() writes `sequences` to the terminal and gives it
/// back its `modes`. False where the sequences are longer than there is room for.
bool arm_rescue(int terminal, const termios& modes, std::string_view sequences);
void disarm_rescue();

/// Async-signal-safe (man 7 signal-safety). Does nothing the second time, or when not armed.
void rescue_terminal() noexcept;

/// Rescues the terminal, then ends the program by the signal's default. To be used as a handler.
extern "C" void rescue_and_die(int signal);

/// Crashes and SIGQUIT end the program by rescue_and_die, also when the stack has overflown. Once a program.
void rescue_on_crash();

}  // namespace tool::top
