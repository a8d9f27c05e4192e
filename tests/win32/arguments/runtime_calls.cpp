// SPDX-License-Identifier: MIT
// The functions of windows.h and securecrt.h: memory, messages, strings, time.
#include <windows.h>

#include <cerrno>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

void add_heap(BadCalls& calls) {
  constexpr SIZE_T kHuge = ~SIZE_T{0};
  const auto add = [&](const char* symbol, const char* arguments, ULONG code, std::function<ULONG()> call) {
    calls.push_back({symbol, arguments, {code}, std::move(call)});
  };
  add("HeapAlloc", "no heap", ERROR_INVALID_HANDLE,
      last_error_of([] { return HeapAlloc(nullptr, 0, 1) != nullptr; }));
  add("HeapAlloc", "huge", ERROR_NOT_ENOUGH_MEMORY,
      last_error_of([] { return HeapAlloc(GetProcessHeap(), ~0U, kHuge) != nullptr; }));
  add("HeapReAlloc", "no block", ERROR_INVALID_PARAMETER,
      last_error_of([] { return HeapReAlloc(GetProcessHeap(), 0, nullptr, 1) != nullptr; }));
  add("HeapReAlloc", "no heap", ERROR_INVALID_HANDLE,
      last_error_of([] { return HeapReAlloc(nullptr, 0, nullptr, 1) != nullptr; }));
  add("HeapFree", "no block", NO_ERROR, last_error_of([] { return HeapFree(nullptr, ~0U, nullptr); }));
  add("HeapSize", "no block", ERROR_INVALID_PARAMETER,
      last_error_of([] { return HeapSize(GetProcessHeap(), 0, nullptr) != kHuge; }));
  add("HeapCreate", "more at first than at most", ERROR_INVALID_PARAMETER,
      last_error_of([] { return HeapCreate(~0U, 2, 1) != nullptr; }));
  add("HeapDestroy", "no heap", ERROR_INVALID_HANDLE, last_error_of([] { return HeapDestroy(nullptr); }));
  add("HeapDestroy", "the process's", ERROR_INVALID_HANDLE,
      last_error_of([] { return HeapDestroy(GetProcessHeap()); }));
  add("LocalAlloc", "huge", ERROR_NOT_ENOUGH_MEMORY,
      last_error_of([] { return LocalAlloc(~0U, kHuge) != nullptr; }));
  add("LocalReAlloc", "no block", ERROR_INVALID_HANDLE,
      last_error_of([] { return LocalReAlloc(nullptr, 1, ~0U) != nullptr; }));
  add("LocalSize", "no block", ERROR_INVALID_HANDLE, last_error_of([] { return LocalSize(nullptr) != 0; }));
  add("LocalFree", "no block", NO_ERROR, last_error_of([] { return LocalFree(nullptr) == nullptr; }));
  add("GlobalAlloc", "huge", ERROR_NOT_ENOUGH_MEMORY,
      last_error_of([] { return GlobalAlloc(~0U, kHuge) != nullptr; }));
  add("GlobalReAlloc", "no block", ERROR_INVALID_HANDLE,
      last_error_of([] { return GlobalReAlloc(nullptr, 1, ~0U) != nullptr; }));
  add("GlobalSize", "no block", ERROR_INVALID_HANDLE, last_error_of([] { return GlobalSize(nullptr) != 0; }));
  add("GlobalFree", "no block", NO_ERROR, last_error_of([] { return GlobalFree(nullptr) == nullptr; }));
  add("GlobalLock", "no block", ERROR_INVALID_HANDLE,
      last_error_of([] { return GlobalLock(nullptr) != nullptr; }));
  add("GlobalUnlock", "no block", ERROR_INVALID_HANDLE, last_error_of([] { return GlobalUnlock(nullptr); }));
}

template <typename Char>
using FormatMessageOf = DWORD(DWORD, const void*, DWORD, DWORD, Char*, DWORD, va_list*);

template <typename Char>
void add_format_message(BadCalls& calls, const char* symbol, FormatMessageOf<Char>* function) {
  const auto add = [&](const char* arguments, ULONG code, DWORD flags, DWORD id, DWORD language, DWORD size) {
    calls.push_back({symbol, arguments, {code}, last_error_of([=] {
                       Char buffer[512];
                       return function(flags, nullptr, id, language, size == 0 ? nullptr : buffer, size,
                                       nullptr);
                     })});
  };
  constexpr DWORD kSystem = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS;
  add("no source", ERROR_INVALID_PARAMETER, 0, 5, 0, 512);
  add("a string that is NULL", ERROR_INVALID_PARAMETER, FORMAT_MESSAGE_FROM_STRING, 5, 0, 512);
  add("no such message", ERROR_MR_MID_NOT_FOUND, kSystem, 0xffff'ffff, 0, 512);
  add("no such language", ERROR_RESOURCE_LANG_NOT_FOUND, kSystem, 5, 0xffff, 512);
  add("no buffer", ERROR_INSUFFICIENT_BUFFER, kSystem, 5, 0, 0);
  add("one character", ERROR_INSUFFICIENT_BUFFER, kSystem, 5, 0, 1);
  add("no pointer to allocate for", ERROR_NOT_ENOUGH_MEMORY, kSystem | FORMAT_MESSAGE_ALLOCATE_BUFFER, 5, 0,
      0);
}

using WideCopy = errno_t(wchar_t*, rsize_t, const wchar_t*);

void add_wide_copy(BadCalls& calls, const std::string& symbol, WideCopy* function) {
  const auto add = [&](const char* arguments, ULONG code, std::function<ULONG()> call) {
    calls.push_back({symbol, arguments, {code}, std::move(call)});
  };
  add("nothing", EINVAL, [function] { return static_cast<ULONG>(function(nullptr, 0, nullptr)); });
  add("no destination", EINVAL, [function] { return static_cast<ULONG>(function(nullptr, 5, L"x")); });
  add("no source", EINVAL, [function] {
    wchar_t to[4] = L"";
    return static_cast<ULONG>(function(to, 4, nullptr));
  });
  add("no room", EINVAL, [function] {
    wchar_t to[4] = L"";
    return static_cast<ULONG>(function(to, 0, L"x"));
  });
}

void add_narrow_strings(BadCalls& calls) {
  const auto add = [&](const char* symbol, const char* arguments, ULONG code, std::function<ULONG()> call) {
    calls.push_back({symbol, arguments, {code}, std::move(call)});
  };
  add("strcpy_s", "nothing", EINVAL, [] { return static_cast<ULONG>(strcpy_s(nullptr, 0, nullptr)); });
  add("strcpy_s", "no source", EINVAL, [] {
    char to[4] = "";
    return static_cast<ULONG>(strcpy_s(to, sizeof to, nullptr));
  });
  add("strcpy_s", "too long", ERANGE, [] {
    char to[4] = "";
    return static_cast<ULONG>(strcpy_s(to, sizeof to, "four"));
  });
  add("strcat_s", "nothing", EINVAL, [] { return static_cast<ULONG>(strcat_s(nullptr, 0, nullptr)); });
  add("strcat_s", "a destination without end", EINVAL, [] {
    char to[4] = {'a', 'b', 'c', 'd'};
    return static_cast<ULONG>(strcat_s(to, sizeof to, "x"));
  });
  add("strncpy_s", "no destination", EINVAL,
      [] { return static_cast<ULONG>(strncpy_s(nullptr, 5, "x", 1)); });
  add("memcpy_s", "no destination", EINVAL, [] { return static_cast<ULONG>(memcpy_s(nullptr, 0, "x", 1)); });
  add("memcpy_s", "too long", ERANGE, [] {
    char to[1];
    return static_cast<ULONG>(memcpy_s(to, 1, "xy", 2));
  });
  add("memmove_s", "no source", EINVAL, [] {
    char to[4];
    return static_cast<ULONG>(memmove_s(to, 4, nullptr, 1));
  });
}

}  // namespace

void add_runtime_calls(BadCalls& calls) {
  add_heap(calls);
  add_format_message<char>(calls, "FormatMessageA", FormatMessageA);
  add_format_message<wchar_t>(calls, "FormatMessageW_wchar32", FormatMessageW);
  add_format_message<char16_t>(calls, "FormatMessageW",
                               exported<FormatMessageOf<char16_t>>("FormatMessageW"));
  add_narrow_strings(calls);
  add_wide_copy(calls, "wcscpy_s_wchar32", wcscpy_s);
  add_wide_copy(calls, "wcscat_s_wchar32", wcscat_s);
  add_wide_copy(calls, "wcscpy_s", exported<WideCopy>("wcscpy_s"));
  add_wide_copy(calls, "wcscat_s", exported<WideCopy>("wcscat_s"));
}

}  // namespace bad_arguments
