// SPDX-License-Identifier: MIT
// The names of the machine, the user, and what the process was given, for any width of characters.
#pragma once

#include "win32/process/text_answer.hpp"

#include <windows.h>

#include <sys/types.h>

#include <cstdlib>
#include <optional>
#include <string>

namespace tcptable::win32 {

/// See sysinfoapi.h.
OrCode<std::string> computer_name();
OrCode<std::string> user_name();

/// Nothing for a user that has no name.
std::optional<std::string> user_name_of(uid_t user);

/// The arguments as one line from which Windows programs can tell them again: /proc/PID/cmdline, each ended
/// by a zero.
std::string command_line(std::string_view arguments);
OrCode<std::string> own_command_line();

/// Does the length of what was written count the zero?
enum class LengthGiven { without_zero, with_zero };

/// *size: characters of the buffer, then those written, as `given` says; with `too_small` those needed.
template <typename Char>
DWORD give_name(const OrCode<std::string>& name, Char* buffer, DWORD* size, LengthGiven given,
                DWORD too_small) {
  if (size == nullptr || (buffer == nullptr && *size != 0)) return ERROR_INVALID_PARAMETER;
  if (!name) return name.error();
  const auto text = text_in<Char>(*name);
  const auto needed = static_cast<DWORD>(text.size() + 1);
  const bool fits = *size >= needed;
  if (fits) put_text<Char>(text, buffer);
  *size = fits && given == LengthGiven::without_zero ? needed - 1 : needed;
  return fits ? DWORD{NO_ERROR} : too_small;
}

template <typename Char>
BOOL give_computer_name(Char* buffer, DWORD* size) {
  return succeed_or_fail([&]() -> ULONG {
    return give_name(computer_name(), buffer, size, LengthGiven::without_zero, ERROR_BUFFER_OVERFLOW);
  });
}

template <typename Char>
BOOL give_user_name(Char* buffer, DWORD* size) {
  return succeed_or_fail([&]() -> ULONG {
    return give_name(user_name(), buffer, size, LengthGiven::with_zero, ERROR_INSUFFICIENT_BUFFER);
  });
}

template <typename Char>
std::string narrow_text(std::basic_string_view<Char> text) {
  if constexpr (std::is_same_v<Char, char>) {
    return std::string(text);
  } else {
    return transcode<char>(text);
  }
}

template <typename Char>
std::string narrow_text(const Char* text) {
  return narrow_text(std::basic_string_view<Char>(text));
}

template <typename Char>
DWORD give_variable(const Char* name, Char* buffer, DWORD size) {
  if (name == nullptr || (buffer == nullptr && size != 0))
    return fail_with(ERROR_INVALID_PARAMETER, DWORD{0});
  DWORD result = 0;
  succeed_or_fail([&]() -> ULONG {
    const char* const value = std::getenv(narrow_text(name).c_str());
    if (value == nullptr) return ERROR_ENVVAR_NOT_FOUND;
    const auto text = text_in<Char>(value);
    const bool fits = text.size() < size;
    if (fits) put_text<Char>(text, buffer);
    result = static_cast<DWORD>(fits ? text.size() : text.size() + 1);
    return NO_ERROR;
  });
  return result;
}

/// Made once for each width, and never freed, for callers keep it.
template <typename Char>
Char* lasting_command_line() {
  static std::basic_string<Char>* lasting = nullptr;
  static const DWORD code = guarded([]() -> ULONG {
    const auto line = own_command_line();
    if (!line) return line.error();
    lasting = new std::basic_string<Char>(text_in<Char>(*line));
    return NO_ERROR;
  });
  return code == NO_ERROR ? lasting->data() : fail_with(code, static_cast<Char*>(nullptr));
}

template <typename Info>
BOOL give_version(Info* info) {
  if (info == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  if (info->dwOSVersionInfoSize < sizeof(Info)) return fail_with(ERROR_INSUFFICIENT_BUFFER, FALSE);
  // What Windows tells a program without a manifest, whatever its own version is.
  info->dwMajorVersion = 6;
  info->dwMinorVersion = 2;
  info->dwBuildNumber = 9200;
  info->dwPlatformId = VER_PLATFORM_WIN32_NT;
  info->szCSDVersion[0] = 0;
  return TRUE;
}

}  // namespace tcptable::win32
