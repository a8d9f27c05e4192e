// SPDX-License-Identifier: MIT
// Files: NULL, garbage handles, dispositions that there are not.
#include <windows.h>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

const HANDLE kGarbageHandle = reinterpret_cast<HANDLE>(ULONG_PTR{0xdead'beef});

void add_handles(BadCalls& calls) {
  const auto add = [&](const char* symbol, std::function<ULONG()> call) {
    calls.push_back({symbol, "garbage", {ERROR_INVALID_HANDLE}, std::move(call)});
  };
  add("ReadFile", last_error_of([] { return ReadFile(kGarbageHandle, nullptr, ~0U, nullptr, nullptr); }));
  add("FlushFileBuffers", last_error_of([] { return FlushFileBuffers(nullptr); }));
  add("GetFileSize", last_error_of([] { return GetFileSize(kGarbageHandle, nullptr) != INVALID_FILE_SIZE; }));
  add("SetFilePointer", last_error_of([] {
        return SetFilePointer(kGarbageHandle, -1, nullptr, ~0U) != INVALID_SET_FILE_POINTER;
      }));
  add("SetFilePointerEx", last_error_of([] { return SetFilePointerEx(kGarbageHandle, {}, nullptr, ~0U); }));
  add("SetEndOfFile", last_error_of([] { return SetEndOfFile(kGarbageHandle); }));
  add("FindClose", last_error_of([] { return FindClose(INVALID_HANDLE_VALUE); }));
  calls.push_back({"GetFileSizeEx", "nothing", {ERROR_INVALID_PARAMETER}, last_error_of([] {
                     return GetFileSizeEx(nullptr, nullptr);
                   })});
}

// The code of a call that failed: its answer is FALSE, NULL, or all ones.
template <typename Function, typename Call>
std::function<ULONG()> code_after(Function* function, Call call) {
  return [=]() -> ULONG {
    SetLastError(0xbad);
    call(function);
    return GetLastError();
  };
}

// `symbols` are a function's: one in UTF-8, or two of wide letters.
template <typename Function, typename Call>
void add_each(BadCalls& calls, const std::vector<std::string>& symbols, ULONG code, Call call) {
  for (const std::string& symbol : symbols)
    calls.push_back({symbol, "nothing", {code}, code_after(exported<Function>(symbol.c_str()), call)});
}

template <typename Char, typename Entry>
void add_names(BadCalls& calls, const std::vector<std::string>& suffixes) {
  const auto symbols = [&](const std::string& name) {
    std::vector<std::string> all;
    for (const std::string& suffix : suffixes) all.push_back(name + suffix);
    return all;
  };
  constexpr ULONG kNothing = ERROR_INVALID_PARAMETER;
  using Create = HANDLE(const Char*, DWORD, DWORD, LPSECURITY_ATTRIBUTES, DWORD, DWORD, HANDLE);
  using Make = BOOL(const Char*, LPSECURITY_ATTRIBUTES);
  using Ask = BOOL(const Char*, GET_FILEEX_INFO_LEVELS, LPVOID);
  add_each<Create>(calls, symbols("CreateFile"), kNothing,
                   [](auto* f) { f(nullptr, ~0U, ~0U, nullptr, ~0U, ~0U, kGarbageHandle); });
  add_each<Create>(calls, symbols("CreateFile"), kNothing, [](auto* f) {
    const Char name[] = {'x', 0};
    f(name, ~0U, ~0U, nullptr, ~0U, 0, nullptr);
  });
  add_each<BOOL(const Char*)>(calls, symbols("DeleteFile"), kNothing, [](auto* f) { f(nullptr); });
  add_each<DWORD(const Char*)>(calls, symbols("GetFileAttributes"), kNothing, [](auto* f) { f(nullptr); });
  add_each<Make>(calls, symbols("CreateDirectory"), kNothing, [](auto* f) { f(nullptr, nullptr); });
  for (const int garbage : kGarbage) {
    add_each<Ask>(calls, symbols("GetFileAttributesEx"), kNothing,
                  [garbage](auto* f) { f(nullptr, static_cast<GET_FILEEX_INFO_LEVELS>(garbage), nullptr); });
  }
  add_each<HANDLE(const Char*, Entry*)>(calls, symbols("FindFirstFile"), kNothing,
                                        [](auto* f) { f(nullptr, nullptr); });
  add_each<BOOL(HANDLE, Entry*)>(calls, symbols("FindNextFile"), ERROR_INVALID_HANDLE,
                                 [](auto* f) { f(kGarbageHandle, nullptr); });
}

}  // namespace

void add_file_calls(BadCalls& calls) {
  add_handles(calls);
  add_names<char, WIN32_FIND_DATAA>(calls, {"A"});
  add_names<wchar_t, WIN32_FIND_DATAW>(calls, {"W", "W_wchar32"});
}

}  // namespace bad_arguments
