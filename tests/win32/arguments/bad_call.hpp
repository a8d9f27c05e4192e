// SPDX-License-Identifier: MIT
// The table behind bad_arguments_test.cpp: calls of exported functions with NULL, short, huge,
// misaligned-size and garbage-enum arguments, each with the codes that it may give.
//
// To add a function: put its rows into the file of its part (or a new one: declare it below, list it in
// CMakeLists.txt and in every_bad_call()). A test fails for each exported symbol that has no row.
#pragma once

#include <dlfcn.h>
#include <windows.h>

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

namespace bad_arguments {

struct BadCall {
  std::string symbol;        ///< As exported: "GetTcpTable2", "win32_bind", "FormatMessageW_wchar32".
  std::string arguments;     ///< For the reader of a failure.
  std::vector<ULONG> codes;  ///< What `call` may return.
  /// Makes the call and returns its code. Runs on several threads at once, so it has its buffers itself.
  std::function<ULONG()> call;
};

using BadCalls = std::vector<BadCall>;

/// A symbol that has no bad arguments, or whose bad arguments mean a crash on Windows, too.
struct Exempt {
  std::string symbol;
  std::string reason;
};

void add_table_calls(BadCalls& calls);
void add_connection_calls(BadCalls& calls);
void add_console_calls(BadCalls& calls);
void add_file_calls(BadCalls& calls);
void add_heap_table_calls(BadCalls& calls);
void add_owner_module_calls(BadCalls& calls);
void add_statistics_calls(BadCalls& calls);
void add_print_calls(BadCalls& calls);
void add_process_calls(BadCalls& calls);
void add_runtime_calls(BadCalls& calls);
void add_security_calls(BadCalls& calls);
void add_string_calls(BadCalls& calls);
void add_winsock_calls(BadCalls& calls);

/// Windows Sockets answers nothing before it.
bool start_winsock();

inline BadCalls every_bad_call() {
  BadCalls calls;
  add_table_calls(calls);
  add_connection_calls(calls);
  add_console_calls(calls);
  add_file_calls(calls);
  add_heap_table_calls(calls);
  add_owner_module_calls(calls);
  add_statistics_calls(calls);
  add_print_calls(calls);
  add_process_calls(calls);
  add_runtime_calls(calls);
  add_security_calls(calls);
  add_string_calls(calls);
  add_winsock_calls(calls);
  return calls;
}

/// The function that the library exports under this name, with the type of one that a header declares: the
/// UTF-16 functions have no declaration of their own here.
template <typename Function>
Function* exported(const char* symbol) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, symbol));
}

/// The last error of a call that failed, else 0.
template <typename Call>
std::function<ULONG()> last_error_of(const Call& call) {
  return [call]() -> ULONG {
    SetLastError(0xbad);
    return call() ? ULONG{NO_ERROR} : GetLastError();
  };
}

/// A row for each of the function's two symbols, the plain one in UTF-16 and that for a wchar_t of 4 bytes.
/// The call gets no text whose width would matter.
template <typename Function, typename Call>
void add_both(BadCalls& calls, const std::string& name, const char* arguments,
              const std::vector<ULONG>& codes, Call call) {
  for (const std::string& symbol : {name, name + "_wchar32"}) {
    auto* const function = exported<Function>(symbol.c_str());
    calls.push_back({symbol, arguments, codes, [=] { return static_cast<ULONG>(call(function)); }});
  }
}

/// Numbers that no enumeration has, and its edges.
inline constexpr int kGarbage[] = {-1, 9, 10, 100, 1 << 30, INT32_MIN, INT32_MAX};
/// Address families: neither AF_INET nor AF_INET6.
inline constexpr ULONG kNoFamilies[] = {0, 1, 3, 9, 11, 22, 24, 255, 0x1'0002 - 1, 0xffff'ffff};
inline constexpr ULONG kInet = 2;
inline constexpr ULONG kInet6 = 23;

}  // namespace bad_arguments
