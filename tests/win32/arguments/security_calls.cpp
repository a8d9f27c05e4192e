// SPDX-License-Identifier: MIT
// Tokens, privileges and identifiers: NULL, garbage, sizes of 0, classes that there are not.
#include <sddl.h>
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

// One number, so neither a user's nor a group's.
SID short_sid() {
  return {SID_REVISION, 1, {{0, 0, 0, 0, 0, 22}}, {1}};
}

SID garbage_sid() {
  return {0xff, 0xff, {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}}, {~DWORD{0}}};
}

void add_accounts(BadCalls& calls) {
  const auto add = [&](const char* arguments, ULONG code, std::function<ULONG()> call) {
    calls.push_back({"LookupAccountSidA", arguments, {code}, std::move(call)});
  };
  add("nothing", ERROR_INVALID_PARAMETER, last_error_of([] {
        return LookupAccountSidA(nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
      }));
  add("sizes without buffers", ERROR_INVALID_PARAMETER, last_error_of([] {
        SID sid = short_sid();
        DWORD sizes[] = {~0U, ~0U};
        SID_NAME_USE use;
        return LookupAccountSidA(nullptr, &sid, nullptr, &sizes[0], nullptr, &sizes[1], &use);
      }));
  add("garbage", ERROR_INVALID_SID, last_error_of([] {
        SID sid = garbage_sid();
        DWORD sizes[] = {0, 0};
        SID_NAME_USE use;
        return LookupAccountSidA(nullptr, &sid, nullptr, &sizes[0], nullptr, &sizes[1], &use);
      }));
  add("no user's", ERROR_NONE_MAPPED, last_error_of([] {
        SID sid = short_sid();
        DWORD sizes[] = {0, 0};
        SID_NAME_USE use;
        return LookupAccountSidA(nullptr, &sid, nullptr, &sizes[0], nullptr, &sizes[1], &use);
      }));
  add_both<decltype(LookupAccountSidW)>(calls, "LookupAccountSidW", "nothing", {ERROR_INVALID_PARAMETER},
                                        [](auto* f) {
                                          f(nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
                                          return GetLastError();
                                        });
}

void add_texts(BadCalls& calls) {
  calls.push_back({"ConvertSidToStringSidA", "nothing", {ERROR_INVALID_PARAMETER}, last_error_of([] {
                     return ConvertSidToStringSidA(nullptr, nullptr);
                   })});
  calls.push_back({"ConvertSidToStringSidA", "garbage", {ERROR_INVALID_SID}, last_error_of([] {
                     SID sid = garbage_sid();
                     LPSTR text = nullptr;
                     return ConvertSidToStringSidA(&sid, &text);
                   })});
  add_both<decltype(ConvertSidToStringSidW)>(calls, "ConvertSidToStringSidW", "nothing",
                                             {ERROR_INVALID_PARAMETER}, [](auto* f) {
                                               f(nullptr, nullptr);
                                               return GetLastError();
                                             });
}

void add_comparisons(BadCalls& calls) {
  calls.push_back({"IsValidSid", "nothing", {FALSE}, [] { return ULONG(IsValidSid(nullptr)); }});
  calls.push_back({"IsValidSid", "garbage", {FALSE}, [] {
                     SID sid = garbage_sid();
                     return ULONG(IsValidSid(&sid));
                   }});
  calls.push_back(
      {"EqualSid", "nothing", {ERROR_INVALID_SID}, last_error_of([] { return EqualSid(nullptr, nullptr); })});
  calls.push_back({"EqualSid", "garbage", {ERROR_INVALID_SID}, last_error_of([] {
                     SID sid = garbage_sid();
                     return EqualSid(&sid, &sid);
                   })});
  calls.push_back(
      {"GetLengthSid", "nothing", {ERROR_INVALID_SID}, last_error_of([] { return GetLengthSid(nullptr); })});
  calls.push_back({"CheckTokenMembership", "nothing", {ERROR_INVALID_PARAMETER}, last_error_of([] {
                     return CheckTokenMembership(nullptr, nullptr, nullptr);
                   })});
  calls.push_back({"CheckTokenMembership", "garbage", {ERROR_INVALID_HANDLE}, last_error_of([] {
                     SID sid = short_sid();
                     BOOL is_member = FALSE;
                     return CheckTokenMembership(kGarbageHandle, &sid, &is_member);
                   })});
}

void add_making(BadCalls& calls) {
  calls.push_back({"CopySid", "nothing", {ERROR_INVALID_PARAMETER}, last_error_of([] {
                     return CopySid(~0U, nullptr, nullptr);
                   })});
  calls.push_back({"CopySid", "no room", {ERROR_INSUFFICIENT_BUFFER}, last_error_of([] {
                     SID sid = short_sid();
                     SID copy;
                     return CopySid(0, &copy, &sid);
                   })});
  calls.push_back({"AllocateAndInitializeSid", "nothing", {ERROR_INVALID_PARAMETER}, last_error_of([] {
                     return AllocateAndInitializeSid(nullptr, 0, 0, 0, 0, 0, 0, 0, 0, 0, nullptr);
                   })});
  calls.push_back({"AllocateAndInitializeSid", "too many", {ERROR_INVALID_PARAMETER}, last_error_of([] {
                     SID_IDENTIFIER_AUTHORITY authority = SECURITY_NT_AUTHORITY;
                     PSID sid = nullptr;
                     return AllocateAndInitializeSid(&authority, 9, 0, 0, 0, 0, 0, 0, 0, 0, &sid);
                   })});
  calls.push_back({"FreeSid", "nothing", {0}, [] { return ULONG(FreeSid(nullptr) != nullptr); }});
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
  add_accounts(calls);
  add_texts(calls);
  add_comparisons(calls);
  add_making(calls);
}

}  // namespace bad_arguments
