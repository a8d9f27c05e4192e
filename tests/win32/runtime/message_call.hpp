// SPDX-License-Identifier: MIT
// FormatMessage in its three widths under one name, and its answer as one value.
#pragma once

#include <windows.h>

#include <cstdarg>
#include <cstdint>
#include <string>

extern "C" DWORD format_message_utf16(DWORD flags, LPCVOID source, DWORD id, DWORD language, char16_t* buffer,
                                      DWORD size, va_list* arguments) __asm__("FormatMessageW");

inline DWORD format_message(DWORD flags, const char* source, char* buffer, DWORD size, va_list* arguments) {
  return FormatMessageA(flags | FORMAT_MESSAGE_FROM_STRING, source, 0, 0, buffer, size, arguments);
}
inline DWORD format_message(DWORD flags, const wchar_t* source, wchar_t* buffer, DWORD size,
                            va_list* arguments) {
  return FormatMessageW(flags | FORMAT_MESSAGE_FROM_STRING, source, 0, 0, buffer, size, arguments);
}
inline DWORD format_message(DWORD flags, const char16_t* source, char16_t* buffer, DWORD size,
                            va_list* arguments) {
  return format_message_utf16(flags | FORMAT_MESSAGE_FROM_STRING, source, 0, 0, buffer, size, arguments);
}

/// The text, or "error N" where the call failed.
template <typename Char>
std::basic_string<Char> answer(DWORD length, const Char* buffer) {
  if (length != 0) return {buffer, length};
  const std::string error = "error " + std::to_string(GetLastError());
  return {error.begin(), error.end()};
}

template <typename Char>
std::basic_string<Char> message(DWORD flags, const Char* source, ...) {
  Char buffer[512] = {};
  va_list arguments;
  va_start(arguments, source);
  const DWORD length = format_message(flags, source, buffer, 512, &arguments);
  va_end(arguments);
  return answer(length, buffer);
}

template <typename Char>
std::basic_string<Char> message_of_array(DWORD flags, const Char* source, const std::uintptr_t* arguments) {
  Char buffer[512] = {};
  auto* const list = reinterpret_cast<va_list*>(const_cast<std::uintptr_t*>(arguments));
  return answer(format_message(flags | FORMAT_MESSAGE_ARGUMENT_ARRAY, source, buffer, 512, list), buffer);
}
