// SPDX-License-Identifier: MIT
// The console and what the process was given: NULL, garbage handles, numbers that there are not.
#include <io.h>
#include <windows.h>

#include <cerrno>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

const HANDLE kGarbageHandle = reinterpret_cast<HANDLE>(ULONG_PTR{0xdead'beef});

void add_row(BadCalls& calls, const char* symbol, const char* arguments, ULONG code,
             std::function<ULONG()> call) {
  calls.push_back({symbol, arguments, {code}, std::move(call)});
}

void add_console(BadCalls& calls) {
  const auto add = [&](const char* symbol, ULONG code, std::function<ULONG()> call) {
    add_row(calls, symbol, "garbage", code, std::move(call));
  };
  const ULONG handle = ERROR_INVALID_HANDLE;
  add("SetConsoleTextAttribute", handle,
      last_error_of([] { return SetConsoleTextAttribute(kGarbageHandle, 0xffff); }));
  add("SetConsoleCursorPosition", handle, last_error_of([] {
        return SetConsoleCursorPosition(kGarbageHandle, {-1, -1});
      }));
  add("GetConsoleScreenBufferInfo", handle, last_error_of([] {
        CONSOLE_SCREEN_BUFFER_INFO info;
        return GetConsoleScreenBufferInfo(kGarbageHandle, &info);
      }));
  add("GetConsoleCursorInfo", handle, last_error_of([] {
        CONSOLE_CURSOR_INFO info;
        return GetConsoleCursorInfo(nullptr, &info);
      }));
  add("SetConsoleCursorInfo", handle, last_error_of([] {
        const CONSOLE_CURSOR_INFO info{~0U, -1};
        return SetConsoleCursorInfo(kGarbageHandle, &info);
      }));
  add("FillConsoleOutputAttribute", handle, last_error_of([] {
        DWORD written = 0;
        return FillConsoleOutputAttribute(kGarbageHandle, 0, ~0U, {-1, -1}, &written);
      }));
  add("FillConsoleOutputCharacterA", handle, last_error_of([] {
        DWORD written = 0;
        return FillConsoleOutputCharacterA(kGarbageHandle, ' ', ~0U, {0, 0}, &written);
      }));
  add("GetConsoleMode", handle, last_error_of([] {
        DWORD mode = 0;
        return GetConsoleMode(kGarbageHandle, &mode);
      }));
  add("SetConsoleMode", handle, last_error_of([] { return SetConsoleMode(kGarbageHandle, ~0U); }));
  add("WriteConsoleA", handle,
      last_error_of([] { return WriteConsoleA(kGarbageHandle, "x", 1, nullptr, nullptr); }));
  add("WriteFile", handle,
      last_error_of([] { return WriteFile(kGarbageHandle, nullptr, ~0U, nullptr, nullptr); }));
  add("GetStdHandle", handle, last_error_of([] { return GetStdHandle(0) != INVALID_HANDLE_VALUE; }));
  add("SetConsoleCP", ERROR_INVALID_PARAMETER, last_error_of([] { return SetConsoleCP(~0U); }));
  add("SetConsoleOutputCP", ERROR_INVALID_PARAMETER, last_error_of([] { return SetConsoleOutputCP(437); }));
  add("SetConsoleCtrlHandler", ERROR_INVALID_PARAMETER, last_error_of([] {
        return SetConsoleCtrlHandler(reinterpret_cast<PHANDLER_ROUTINE>(ULONG_PTR{0xdead'beef}), FALSE);
      }));
  for (const int mode : kGarbage) {
    calls.push_back(
        {"_setmode", "a garbage mode", {EINVAL}, [mode] { return _setmode(2, mode) == -1 ? errno : 0; }});
  }
  add("_setmode", EBADF, [] { return _setmode(-1, _O_TEXT) == -1 ? errno : 0; });
  add("SetConsoleTitleA", ERROR_INVALID_PARAMETER, last_error_of([] { return SetConsoleTitleA(nullptr); }));
}

void add_console_without_buffer(BadCalls& calls) {
  const auto add = [&](const char* symbol, std::function<ULONG()> call) {
    add_row(calls, symbol, "nothing", ERROR_INVALID_PARAMETER, std::move(call));
  };
  add("GetConsoleScreenBufferInfo",
      last_error_of([] { return GetConsoleScreenBufferInfo(kGarbageHandle, nullptr); }));
  add("GetConsoleCursorInfo", last_error_of([] { return GetConsoleCursorInfo(nullptr, nullptr); }));
  add("SetConsoleCursorInfo", last_error_of([] { return SetConsoleCursorInfo(nullptr, nullptr); }));
  add("FillConsoleOutputAttribute", last_error_of([] {
        return FillConsoleOutputAttribute(nullptr, 0, 1, {0, 0}, nullptr);
      }));
  add("FillConsoleOutputCharacterA", last_error_of([] {
        return FillConsoleOutputCharacterA(nullptr, 0, 1, {0, 0}, nullptr);
      }));
  add("GetConsoleMode", last_error_of([] { return GetConsoleMode(nullptr, nullptr); }));
  add("WriteConsoleA", last_error_of([] { return WriteConsoleA(nullptr, nullptr, ~0U, nullptr, nullptr); }));
}

void add_machine(BadCalls& calls) {
  add_row(calls, "QueryPerformanceCounter", "NULL", ERROR_NOACCESS,
          last_error_of([] { return QueryPerformanceCounter(nullptr); }));
  add_row(calls, "QueryPerformanceFrequency", "NULL", ERROR_NOACCESS,
          last_error_of([] { return QueryPerformanceFrequency(nullptr); }));
  add_row(calls, "GlobalMemoryStatusEx", "NULL", ERROR_INVALID_PARAMETER,
          last_error_of([] { return GlobalMemoryStatusEx(nullptr); }));
  add_row(calls, "GlobalMemoryStatusEx", "a size of 0", ERROR_INVALID_PARAMETER, last_error_of([] {
            MEMORYSTATUSEX status{};
            return GlobalMemoryStatusEx(&status);
          }));
}

// `add(name, arguments, code, call)` makes rows of the function under the symbols of `name`.
template <typename Char, typename Version, typename Add>
void add_texts(const Add& add, const std::string& suffix) {
  using Name = BOOL(Char*, DWORD*);
  using Variable = DWORD(const Char*, Char*, DWORD);
  using GetVersion = BOOL(Version*);
  const auto no_room = [](auto* f) {
    DWORD size = 0;
    return f(nullptr, &size);
  };
  for (const std::string name : {"GetComputerName", "GetUserName"}) {
    add.template function<Name>(name + suffix, "nothing", ERROR_INVALID_PARAMETER,
                                [](auto* f) { return f(nullptr, nullptr); });
  }
  add.template function<Name>("GetComputerName" + suffix, "no room", ERROR_BUFFER_OVERFLOW, no_room);
  add.template function<Name>("GetUserName" + suffix, "no room", ERROR_INSUFFICIENT_BUFFER, no_room);
  const auto variable = "GetEnvironmentVariable" + suffix;
  add.template function<Variable>(variable, "nothing", ERROR_INVALID_PARAMETER,
                                  [](auto* f) { return f(nullptr, nullptr, ~0U); });
  add.template function<Variable>(variable, "none of an empty name", ERROR_ENVVAR_NOT_FOUND, [](auto* f) {
    const Char empty[] = {0};
    return f(empty, nullptr, 0);
  });
  add.template function<GetVersion>("GetVersionEx" + suffix, "NULL", ERROR_INVALID_PARAMETER,
                                    [](auto* f) { return f(nullptr); });
  add.template function<GetVersion>("GetVersionEx" + suffix, "a size of 0", ERROR_INSUFFICIENT_BUFFER,
                                    [](auto* f) {
                                      Version version{};
                                      return f(&version);
                                    });
}

struct OneSymbol {
  template <typename Function, typename Call>
  void function(const std::string& name, const char* arguments, ULONG code, Call call) const {
    auto* const found = exported<Function>(name.c_str());
    calls.push_back({name, arguments, {code}, last_error_of([found, call] { return call(found); })});
  }
  BadCalls& calls;
};

struct BothSymbols {
  template <typename Function, typename Call>
  void function(const std::string& name, const char* arguments, ULONG code, Call call) const {
    const OneSymbol one{calls};
    one.function<Function>(name, arguments, code, call);
    one.function<Function>(name + "_wchar32", arguments, code, call);
  }
  BadCalls& calls;
};

void add_wide_console(const BothSymbols& add) {
  add.function<decltype(SetConsoleTitleW)>("SetConsoleTitleW", "NULL", ERROR_INVALID_PARAMETER,
                                           [](auto* f) { return f(nullptr); });
  add.function<decltype(WriteConsoleW)>("WriteConsoleW", "nothing", ERROR_INVALID_PARAMETER,
                                        [](auto* f) { return f(nullptr, nullptr, ~0U, nullptr, nullptr); });
  add.function<decltype(FillConsoleOutputCharacterW)>("FillConsoleOutputCharacterW", "nothing",
                                                      ERROR_INVALID_PARAMETER, [](auto* f) {
                                                        return f(nullptr, 0, ~0U, COORD{0, 0}, nullptr);
                                                      });
}

}  // namespace

void add_console_calls(BadCalls& calls) {
  add_console(calls);
  add_console_without_buffer(calls);
  add_machine(calls);
  add_texts<char, OSVERSIONINFOA>(OneSymbol{calls}, "A");
  // The wide texts of the UTF-16 symbols are empty here, so that one width does for both.
  add_texts<wchar_t, OSVERSIONINFOW>(BothSymbols{calls}, "W");
  add_wide_console(BothSymbols{calls});
}

}  // namespace bad_arguments
