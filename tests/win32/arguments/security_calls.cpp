// SPDX-License-Identifier: MIT
// Tokens and privileges: NULL, garbage handles, sizes of 0, classes that there are not.
#include <windows.h>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

const HANDLE kGarbageHandle = reinterpret_cast<HANDLE>(ULONG_PTR{0xdead'beef});

// The calling process's, for the length of one call.
class Token {
 public:
  explicit Token(DWORD access) { OpenProcessToken(GetCurrentProcess(), access, &handle_); }
  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;
  ~Token() { CloseHandle(handle_); }
  HANDLE get() const { return handle_; }

 private:
  HANDLE handle_ = nullptr;
};

void add_information(BadCalls& calls) {
  const auto add = [&](const char* arguments, ULONG code, std::function<ULONG()> call) {
    calls.push_back({"GetTokenInformation", arguments, {code}, std::move(call)});
  };
  add("nothing", ERROR_INVALID_PARAMETER,
      last_error_of([] { return GetTokenInformation(nullptr, TokenElevation, nullptr, 0, nullptr); }));
  add("garbage", ERROR_INVALID_HANDLE, last_error_of([] {
        DWORD size = 0;
        return GetTokenInformation(kGarbageHandle, TokenElevation, nullptr, 0, &size);
      }));
  add("no right to ask", ERROR_ACCESS_DENIED, last_error_of([] {
        const Token token(TOKEN_ADJUST_PRIVILEGES);
        DWORD size = 0;
        return GetTokenInformation(token.get(), TokenElevation, nullptr, 0, &size);
      }));
  add("short", ERROR_INSUFFICIENT_BUFFER, last_error_of([] {
        const Token token(TOKEN_QUERY);
        char buffer[3];
        DWORD size = 0;
        return GetTokenInformation(token.get(), TokenElevation, buffer, sizeof buffer, &size);
      }));
  for (const int garbage : kGarbage) {
    add("an unknown class", ERROR_NOT_SUPPORTED, last_error_of([garbage] {
          const Token token(TOKEN_QUERY);
          char buffer[64];
          DWORD size = 0;
          return GetTokenInformation(token.get(), static_cast<TOKEN_INFORMATION_CLASS>(garbage), buffer,
                                     sizeof buffer, &size);
        }));
  }
}

void add_adjusting(BadCalls& calls) {
  const auto add = [&](const char* arguments, ULONG code, std::function<ULONG()> call) {
    calls.push_back({"AdjustTokenPrivileges", arguments, {code}, std::move(call)});
  };
  add("nothing", ERROR_INVALID_PARAMETER,
      last_error_of([] { return AdjustTokenPrivileges(nullptr, FALSE, nullptr, 0, nullptr, nullptr); }));
  add("garbage", ERROR_INVALID_HANDLE, last_error_of([] {
        return AdjustTokenPrivileges(kGarbageHandle, TRUE, nullptr, ~0U, nullptr, nullptr);
      }));
  add("no right to adjust", ERROR_ACCESS_DENIED, last_error_of([] {
        const Token token(TOKEN_QUERY);
        return AdjustTokenPrivileges(token.get(), TRUE, nullptr, 0, nullptr, nullptr);
      }));
  add("no room for what was before", ERROR_INSUFFICIENT_BUFFER, last_error_of([] {
        const Token token(TOKEN_ADJUST_PRIVILEGES);
        TOKEN_PRIVILEGES before;
        DWORD size = 0;
        return AdjustTokenPrivileges(token.get(), TRUE, nullptr, 3, &before, &size);
      }));
}

}  // namespace

void add_security_calls(BadCalls& calls) {
  calls.push_back({"OpenProcessToken", "nothing", {ERROR_INVALID_PARAMETER}, last_error_of([] {
                     return OpenProcessToken(GetCurrentProcess(), ~0U, nullptr);
                   })});
  calls.push_back({"OpenProcessToken", "garbage", {ERROR_INVALID_HANDLE}, last_error_of([] {
                     HANDLE token = nullptr;
                     return OpenProcessToken(kGarbageHandle, TOKEN_QUERY, &token);
                   })});
  calls.push_back({"LookupPrivilegeValueA", "nothing", {ERROR_INVALID_PARAMETER}, last_error_of([] {
                     return LookupPrivilegeValueA(nullptr, nullptr, nullptr);
                   })});
  calls.push_back({"LookupPrivilegeValueA", "no such name", {ERROR_NO_SUCH_PRIVILEGE}, last_error_of([] {
                     LUID number;
                     return LookupPrivilegeValueA(nullptr, "", &number);
                   })});
  add_both<decltype(LookupPrivilegeValueW)>(calls, "LookupPrivilegeValueW", "nothing",
                                            {ERROR_INVALID_PARAMETER}, [](auto* f) {
                                              f(nullptr, nullptr, nullptr);
                                              return GetLastError();
                                            });
  add_information(calls);
  add_adjusting(calls);
}

}  // namespace bad_arguments
