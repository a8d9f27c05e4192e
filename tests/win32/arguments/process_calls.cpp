// SPDX-License-Identifier: MIT
// Processes, their names and lists, and functions by name: NULL, garbage handles, sizes of 0.
#include <windows.h>

#include <process.h>
#include <psapi.h>
#include <tlhelp32.h>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

const HANDLE kGarbageHandle = reinterpret_cast<HANDLE>(ULONG_PTR{0xdead'beef});

template <typename Char>
constexpr Char kOther[] = {'x', 0};

void add_handles(BadCalls& calls) {
  const auto add = [&](const char* symbol, const char* arguments, ULONG code, std::function<ULONG()> call) {
    calls.push_back({symbol, arguments, {code}, std::move(call)});
  };
  add("CloseHandle", "garbage", ERROR_INVALID_HANDLE,
      last_error_of([] { return CloseHandle(kGarbageHandle); }));
  add("CloseHandle", "NULL", ERROR_INVALID_HANDLE, last_error_of([] { return CloseHandle(nullptr); }));
  add("OpenProcess", "nobody's pid", ERROR_INVALID_PARAMETER,
      last_error_of([] { return OpenProcess(~0U, -1, ~0U) != nullptr; }));
  add("OpenProcess", "no rights", ERROR_ACCESS_DENIED,
      last_error_of([] { return OpenProcess(0, 0, GetCurrentProcessId()) != nullptr; }));
  add("GetProcessId", "garbage", ERROR_INVALID_HANDLE,
      last_error_of([] { return GetProcessId(kGarbageHandle); }));
  add("GetExitCodeProcess", "nothing", ERROR_INVALID_PARAMETER,
      last_error_of([] { return GetExitCodeProcess(GetCurrentProcess(), nullptr); }));
  add("GetExitCodeProcess", "garbage", ERROR_INVALID_HANDLE, last_error_of([] {
        DWORD code = 0;
        return GetExitCodeProcess(kGarbageHandle, &code);
      }));
  add("TerminateProcess", "garbage", ERROR_INVALID_HANDLE,
      last_error_of([] { return TerminateProcess(kGarbageHandle, ~0U); }));
  add("WaitForSingleObject", "garbage", ERROR_INVALID_HANDLE,
      last_error_of([] { return WaitForSingleObject(kGarbageHandle, INFINITE) != WAIT_FAILED; }));
  add("WaitForMultipleObjects", "nothing", ERROR_INVALID_PARAMETER,
      last_error_of([] { return WaitForMultipleObjects(1, nullptr, TRUE, INFINITE) != WAIT_FAILED; }));
  for (const DWORD count : {DWORD{0}, DWORD{MAXIMUM_WAIT_OBJECTS + 1}, ~DWORD{0}}) {
    add("WaitForMultipleObjects", "too few or too many", ERROR_INVALID_PARAMETER, last_error_of([count] {
          const HANDLE own = GetCurrentProcess();
          return WaitForMultipleObjects(count, &own, TRUE, 0) != WAIT_FAILED;
        }));
  }
  add("EnumProcesses", "nothing", ERROR_INVALID_PARAMETER,
      last_error_of([] { return EnumProcesses(nullptr, 0, nullptr); }));
  add("EnumProcessModules", "nothing", ERROR_INVALID_PARAMETER,
      last_error_of([] { return EnumProcessModules(GetCurrentProcess(), nullptr, 8, nullptr); }));
  add("CreateToolhelp32Snapshot", "no list", ERROR_INVALID_PARAMETER,
      last_error_of([] { return CreateToolhelp32Snapshot(0, ~0U) != INVALID_HANDLE_VALUE; }));
  add("CreateToolhelp32Snapshot", "a list that is not made", ERROR_NOT_SUPPORTED,
      last_error_of([] { return CreateToolhelp32Snapshot(TH32CS_SNAPHEAPLIST, 0) != INVALID_HANDLE_VALUE; }));
  add("CreateToolhelp32Snapshot", "nobody's modules", ERROR_INVALID_PARAMETER,
      last_error_of([] { return CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, ~0U) != INVALID_HANDLE_VALUE; }));
  for (const ULONG filter : {4U, ~0U}) {
    add("EnumProcessModulesEx", "an unknown filter", ERROR_INVALID_PARAMETER, last_error_of([filter] {
          DWORD needed = 0;
          return EnumProcessModulesEx(GetCurrentProcess(), nullptr, 0, &needed, filter);
        }));
  }
  add("EnumProcessModulesEx", "nothing", ERROR_INVALID_PARAMETER,
      last_error_of([] { return EnumProcessModulesEx(nullptr, nullptr, 8, nullptr, 0); }));
}

void add_threads(BadCalls& calls) {
  const auto add = [&](const char* symbol, ULONG code, std::function<ULONG()> call) {
    calls.push_back({symbol, "garbage", {code}, std::move(call)});
  };
  add("CreateThread", ERROR_INVALID_PARAMETER, last_error_of([] {
        return CreateThread(nullptr, ~SIZE_T{0}, nullptr, nullptr, ~0U, nullptr) != nullptr;
      }));
  calls.push_back({"_beginthread", "nothing", {~ULONG{0}}, [] {
                     return static_cast<ULONG>(_beginthread(nullptr, 0, nullptr));
                   }});
  add("ResumeThread", ERROR_INVALID_HANDLE,
      last_error_of([] { return ResumeThread(kGarbageHandle) != ~DWORD{0}; }));
  add("GetExitCodeThread", ERROR_INVALID_PARAMETER,
      last_error_of([] { return GetExitCodeThread(kGarbageHandle, nullptr); }));
  add("GetExitCodeThread", ERROR_INVALID_HANDLE, last_error_of([] {
        DWORD code = 0;
        return GetExitCodeThread(GetCurrentProcess(), &code);
      }));
  add("CreateEventA", ERROR_NOT_SUPPORTED,
      last_error_of([] { return CreateEventA(nullptr, -1, -1, "a name") != nullptr; }));
  add("SetEvent", ERROR_INVALID_HANDLE, last_error_of([] { return SetEvent(kGarbageHandle); }));
  add("ResetEvent", ERROR_INVALID_HANDLE, last_error_of([] { return ResetEvent(nullptr); }));
  add("CreateMutexA", ERROR_NOT_SUPPORTED,
      last_error_of([] { return CreateMutexA(nullptr, -1, "a name") != nullptr; }));
  add("ReleaseMutex", ERROR_INVALID_HANDLE, last_error_of([] { return ReleaseMutex(kGarbageHandle); }));
  add("CreateSemaphoreA", ERROR_INVALID_PARAMETER,
      last_error_of([] { return CreateSemaphoreA(nullptr, -1, -1, nullptr) != nullptr; }));
  add("CreateSemaphoreA", ERROR_INVALID_PARAMETER,
      last_error_of([] { return CreateSemaphoreA(nullptr, 2, 1, nullptr) != nullptr; }));
  add("CreateSemaphoreA", ERROR_NOT_SUPPORTED,
      last_error_of([] { return CreateSemaphoreA(nullptr, 0, 1, "a name") != nullptr; }));
  add("ReleaseSemaphore", ERROR_INVALID_PARAMETER,
      last_error_of([] { return ReleaseSemaphore(kGarbageHandle, 0, nullptr); }));
  add("ReleaseSemaphore", ERROR_INVALID_HANDLE,
      last_error_of([] { return ReleaseSemaphore(kGarbageHandle, 1, nullptr); }));
  add_both<decltype(CreateMutexW)>(calls, "CreateMutexW", "a name", {ERROR_NOT_SUPPORTED}, [](auto* f) {
    f(nullptr, FALSE, L"\x01010101");
    return GetLastError();
  });
  add_both<decltype(CreateSemaphoreW)>(calls, "CreateSemaphoreW", "numbers", {ERROR_INVALID_PARAMETER},
                                       [](auto* f) {
                                         f(nullptr, MAXLONG, -1, nullptr);
                                         return GetLastError();
                                       });
  add("InitializeCriticalSectionAndSpinCount", ERROR_INVALID_PARAMETER,
      last_error_of([] { return InitializeCriticalSectionAndSpinCount(nullptr, ~0U); }));
  add_both<decltype(CreateEventW)>(calls, "CreateEventW", "a name", {ERROR_NOT_SUPPORTED}, [](auto* f) {
    SetLastError(0xbad);
    return f(nullptr, -1, -1, L"a name") == nullptr ? GetLastError() : DWORD{NO_ERROR};
  });
}

void add_usage(BadCalls& calls) {
  const auto add = [&](const char* symbol, const char* arguments, ULONG code, std::function<ULONG()> call) {
    calls.push_back({symbol, arguments, {code}, std::move(call)});
  };
  add("GetModuleInformation", "nothing", ERROR_INVALID_PARAMETER,
      last_error_of([] { return GetModuleInformation(GetCurrentProcess(), nullptr, nullptr, ~0U); }));
  add("GetModuleInformation", "short", ERROR_INSUFFICIENT_BUFFER, last_error_of([] {
        MODULEINFO info;
        return GetModuleInformation(GetCurrentProcess(), nullptr, &info, sizeof(info) - 1);
      }));
  add("GetModuleInformation", "a garbage module", ERROR_INVALID_HANDLE, last_error_of([] {
        MODULEINFO info;
        return GetModuleInformation(GetCurrentProcess(), kGarbageHandle, &info, ~0U);
      }));
  add("GetProcessTimes", "nothing", ERROR_INVALID_PARAMETER,
      last_error_of([] { return GetProcessTimes(GetCurrentProcess(), nullptr, nullptr, nullptr, nullptr); }));
  add("GetProcessTimes", "garbage", ERROR_INVALID_HANDLE, last_error_of([] {
        FILETIME times[4];
        return GetProcessTimes(kGarbageHandle, &times[0], &times[1], &times[2], &times[3]);
      }));
  add("GetProcessMemoryInfo", "nothing", ERROR_INVALID_PARAMETER,
      last_error_of([] { return GetProcessMemoryInfo(GetCurrentProcess(), nullptr, ~0U); }));
  add("GetProcessMemoryInfo", "short", ERROR_INSUFFICIENT_BUFFER, last_error_of([] {
        PROCESS_MEMORY_COUNTERS counters;
        return GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters) - 1);
      }));
  add("GetProcessMemoryInfo", "garbage", ERROR_INVALID_HANDLE, last_error_of([] {
        PROCESS_MEMORY_COUNTERS counters;
        return GetProcessMemoryInfo(kGarbageHandle, &counters, sizeof(counters));
      }));
}

// `add` is add_narrow or add_both: they give the function under the symbols of `name`.
template <typename Char, typename Add>
void add_names(const Add& add, const std::string& suffix) {
  using Query = BOOL(HANDLE, DWORD, Char*, DWORD*);
  using Name = DWORD(HANDLE, Char*, DWORD);
  using ModuleName = DWORD(HANDLE, HMODULE, Char*, DWORD);
  using OwnName = DWORD(HMODULE, Char*, DWORD);
  const auto query = "QueryFullProcessImageName" + suffix;
  add.template function<Query>(query, "nothing", ERROR_INVALID_PARAMETER,
                               [](auto* f) { return f(nullptr, 0, nullptr, nullptr); });
  add.template function<Query>(query, "garbage", ERROR_INVALID_HANDLE, [](auto* f) {
    Char buffer[4];
    DWORD size = 4;
    return f(kGarbageHandle, 0, buffer, &size);
  });
  add.template function<Name>("GetProcessImageFileName" + suffix, "no buffer", ERROR_INSUFFICIENT_BUFFER,
                              [](auto* f) { return f(GetCurrentProcess(), nullptr, ~0U); });
  for (const std::string name : {"GetModuleBaseName", "GetModuleFileNameEx"}) {
    add.template function<ModuleName>(name + suffix, "no buffer", ERROR_INSUFFICIENT_BUFFER,
                                      [](auto* f) { return f(GetCurrentProcess(), nullptr, nullptr, ~0U); });
    add.template function<ModuleName>(name + suffix, "a garbage module", ERROR_INVALID_HANDLE, [](auto* f) {
      Char buffer[4];
      return f(GetCurrentProcess(), kGarbageHandle, buffer, 4);
    });
  }
  add.template function<OwnName>("GetModuleFileName" + suffix, "a garbage module", ERROR_INVALID_HANDLE,
                                 [](auto* f) { return f(kGarbageHandle, nullptr, 0); });
}

template <typename Char, typename Add>
void add_libraries(const Add& add, const std::string& suffix) {
  using Load = HMODULE(const Char*);
  using LoadEx = HMODULE(const Char*, HANDLE, DWORD);
  add.template function<Load>("LoadLibrary" + suffix, "nothing", ERROR_INVALID_PARAMETER,
                              [](auto* f) { return f(nullptr) != nullptr; });
  add.template function<LoadEx>("LoadLibraryEx" + suffix, "a file", ERROR_INVALID_PARAMETER,
                                [](auto* f) { return f(kOther<Char>, kGarbageHandle, ~0U) != nullptr; });
  add.template function<Load>("GetModuleHandle" + suffix, "another", ERROR_MOD_NOT_FOUND,
                              [](auto* f) { return f(kOther<Char>) != nullptr; });
}

struct Narrow {
  template <typename Function, typename Call>
  void function(const std::string& name, const char* arguments, ULONG code, Call call) const {
    auto* const found = exported<Function>(name.c_str());
    calls.push_back({name, arguments, {code}, last_error_of([found, call] { return call(found); })});
  }
  BadCalls& calls;
};

struct Wide {
  template <typename Function, typename Call>
  void function(const std::string& name, const char* arguments, ULONG code, Call call) const {
    const Narrow plain{calls};
    plain.function<Function>(name, arguments, code, call);
    plain.function<Function>(name + "_wchar32", arguments, code, call);
  }
  BadCalls& calls;
};

template <typename Entry, typename Add>
void add_walk(const Add& add, const std::string& list, const std::string& suffix) {
  using Walk = BOOL(HANDLE, Entry*);
  for (const std::string step : {"First", "Next"}) {
    add.template function<Walk>(list + step + suffix, "garbage", ERROR_INVALID_HANDLE,
                                [](auto* f) { return f(kGarbageHandle, nullptr); });
  }
}

}  // namespace

void add_process_calls(BadCalls& calls) {
  const Narrow narrow{calls};
  const Wide wide{calls};
  add_handles(calls);
  add_names<char>(narrow, "A");
  add_names<wchar_t>(wide, "W");
  add_libraries<char>(narrow, "A");
  add_libraries<wchar_t>(wide, "W");
  add_threads(calls);
  add_usage(calls);
  add_walk<PROCESSENTRY32>(narrow, "Process32", "");
  add_walk<PROCESSENTRY32W>(wide, "Process32", "W");
  add_walk<MODULEENTRY32>(narrow, "Module32", "");
  add_walk<MODULEENTRY32W>(wide, "Module32", "W");
  add_walk<THREADENTRY32>(narrow, "Thread32", "");
  narrow.function<decltype(FreeLibrary)>("FreeLibrary", "garbage", ERROR_INVALID_HANDLE,
                                         [](auto* f) { return f(kGarbageHandle); });
  wide.function<decltype(GetProcAddress)>("GetProcAddress", "garbage", ERROR_MOD_NOT_FOUND,
                                          [](auto* f) { return f(kGarbageHandle, nullptr) != nullptr; });
  wide.function<decltype(GetProcAddress)>("GetProcAddress", "an ordinal", ERROR_PROC_NOT_FOUND, [](auto* f) {
    return f(GetModuleHandleA("iphlpapi"), reinterpret_cast<LPCSTR>(ULONG_PTR{1})) != nullptr;
  });
}

}  // namespace bad_arguments
