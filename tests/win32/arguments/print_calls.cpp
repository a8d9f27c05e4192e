// SPDX-License-Identifier: MIT
// The printing functions, for either size of wchar_t: without a format, and without a place to print to.
#include <windows.h>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

constexpr ULONG kFailed = 0xffff'ffff;  // -1

// What goes in a va_list's place where there is nothing to read from it.
struct NoList {
  va_list list = {};
};

template <typename Char>
void add_streams(BadCalls& calls, const std::string& infix) {
  add_both<int(const Char*, ...)>(calls, "win32_" + infix + "printf", "no format", {kFailed},
                                  [](auto* print) { return print(nullptr); });
  add_both<int(FILE*, const Char*, ...)>(calls, "win32_f" + infix + "printf", "nothing", {kFailed},
                                         [](auto* print) { return print(nullptr, nullptr); });
  add_both<int(const Char*, va_list)>(calls, "win32_v" + infix + "printf", "no format", {kFailed},
                                      [](auto* print) { return print(nullptr, NoList().list); });
  add_both<int(FILE*, const Char*, va_list)>(
      calls, "win32_vf" + infix + "printf", "no stream", {kFailed},
      [](auto* print) { return print(nullptr, nullptr, NoList().list); });
}

// A function of a buffer with a size, and its sibling that takes a list.
template <typename Char>
void add_sized(BadCalls& calls, const std::string& name, const std::string& list_name) {
  const auto nothing = [](auto* print) { return print(nullptr, 0, nullptr); };
  const auto no_buffer = [](auto* print) {
    const Char text[] = {'x', 0};
    return print(nullptr, 4, text);
  };
  add_both<int(Char*, size_t, const Char*, ...)>(calls, name, "nothing", {kFailed}, nothing);
  add_both<int(Char*, size_t, const Char*, ...)>(calls, name, "a size and no buffer", {kFailed}, no_buffer);
  add_both<int(Char*, size_t, const Char*, va_list)>(calls, list_name, "nothing", {kFailed}, [](auto* print) {
    return print(nullptr, 0, nullptr, NoList().list);
  });
}

template <typename Char>
void add_counted(BadCalls& calls, const std::string& infix) {
  add_both<int(Char*, size_t, size_t, const Char*, ...)>(
      calls, "_sn" + infix + "printf_s", "nothing", {kFailed},
      [](auto* print) { return print(nullptr, 0, 1, nullptr); });
  add_both<int(Char*, size_t, size_t, const Char*, va_list)>(calls, "_vsn" + infix + "printf_s", "no format",
                                                             {kFailed}, [](auto* print) {
                                                               Char to[4];
                                                               return print(to, 4, 3, nullptr, NoList().list);
                                                             });
  add_both<int(const Char*, ...)>(calls, "_sc" + infix + "printf", "no format", {kFailed},
                                  [](auto* print) { return print(nullptr); });
  add_both<int(const Char*, va_list)>(calls, "_vsc" + infix + "printf", "no format", {kFailed},
                                      [](auto* print) { return print(nullptr, NoList().list); });
}

template <typename Char>
void add_unsized(BadCalls& calls, const std::string& name, const std::string& list_name) {
  add_both<int(Char*, const Char*, ...)>(calls, name, "nothing", {kFailed},
                                         [](auto* print) { return print(nullptr, nullptr); });
  add_both<int(Char*, const Char*, va_list)>(calls, list_name, "nothing", {kFailed}, [](auto* print) {
    return print(nullptr, nullptr, NoList().list);
  });
}

void add_characters(BadCalls& calls) {
  add_both<int(const wchar_t*, FILE*)>(calls, "win32_fputws", "nothing", {kFailed},
                                       [](auto* put) { return put(nullptr, nullptr); });
  add_both<int(const wchar_t*)>(calls, "_putws", "nothing", {kFailed},
                                [](auto* put) { return put(nullptr); });
  add_both<wint_t(wchar_t, FILE*)>(calls, "win32_fputwc", "no stream", {WEOF},
                                   [](auto* put) { return put(L'x', nullptr); });
}

}  // namespace

void add_print_calls(BadCalls& calls) {
  add_streams<char>(calls, "");
  add_streams<wchar_t>(calls, "w");
  add_sized<char>(calls, "win32_snprintf", "win32_vsnprintf");
  add_sized<char>(calls, "_snprintf", "_vsnprintf");
  add_sized<char>(calls, "sprintf_s", "vsprintf_s");
  add_sized<wchar_t>(calls, "win32_swprintf", "win32_vswprintf");
  add_sized<wchar_t>(calls, "_snwprintf", "_vsnwprintf");
  add_sized<wchar_t>(calls, "swprintf_s", "vswprintf_s");
  add_unsized<char>(calls, "win32_sprintf", "win32_vsprintf");
  add_unsized<wchar_t>(calls, "_swprintf", "_vswprintf");
  add_counted<char>(calls, "");
  add_counted<wchar_t>(calls, "w");
  add_characters(calls);
}

}  // namespace bad_arguments
