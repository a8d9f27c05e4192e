// SPDX-License-Identifier: MIT
// Strings, dates, and wide names of sockets.
#include <winsock2.h>
#include <ws2tcpip.h>

#include <cerrno>
#include <climits>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

void add_dates(BadCalls& calls) {
  const auto add = [&](const char* symbol, ULONG code, std::function<ULONG()> call) {
    calls.push_back({symbol, "nothing", {code}, std::move(call)});
  };
  add("FileTimeToSystemTime", ERROR_INVALID_PARAMETER,
      last_error_of([] { return FileTimeToSystemTime(nullptr, nullptr); }));
  add("SystemTimeToFileTime", ERROR_INVALID_PARAMETER,
      last_error_of([] { return SystemTimeToFileTime(nullptr, nullptr); }));
  add("FileTimeToLocalFileTime", ERROR_INVALID_PARAMETER,
      last_error_of([] { return FileTimeToLocalFileTime(nullptr, nullptr); }));
  add("LocalFileTimeToFileTime", ERROR_INVALID_PARAMETER,
      last_error_of([] { return LocalFileTimeToFileTime(nullptr, nullptr); }));
  add("SystemTimeToTzSpecificLocalTime", ERROR_INVALID_PARAMETER,
      last_error_of([] { return SystemTimeToTzSpecificLocalTime(nullptr, nullptr, nullptr); }));
}

// The functions of strings that take NULL and say so by their answer; `symbols` adds a function's symbols.
template <typename Char, typename Symbols>
void add_lstr(const Symbols& symbols, const std::string& suffix) {
  using Copy = Char*(Char*, const Char*);
  using CopyN = Char*(Char*, const Char*, int);
  using Compare = int(const Char*, const Char*);
  symbols.template add<int(const Char*)>("lstrlen" + suffix, {0}, [](auto* f) { return f(nullptr); });
  symbols.template add<Copy>("lstrcpy" + suffix, {0}, [](auto* f) { return f(nullptr, nullptr) != nullptr; });
  symbols.template add<Copy>("lstrcat" + suffix, {0}, [](auto* f) { return f(nullptr, nullptr) != nullptr; });
  symbols.template add<CopyN>("lstrcpyn" + suffix, {0},
                              [](auto* f) { return f(nullptr, nullptr, INT_MIN) != nullptr; });
  symbols.template add<Compare>("lstrcmp" + suffix, {0}, [](auto* f) { return f(nullptr, nullptr); });
  symbols.template add<Compare>("lstrcmpi" + suffix, {0}, [](auto* f) { return f(nullptr, nullptr); });
}

template <typename Char, typename Symbols>
void add_crt(const Symbols& symbols, const std::string& stem) {
  using Compare = int(const Char*, const Char*);
  using CompareN = int(const Char*, const Char*, size_t);
  constexpr ULONG kNull = INT_MAX;
  symbols.template add<Compare>("_" + stem + "icmp", {kNull}, [](auto* f) { return f(nullptr, nullptr); });
  symbols.template add<CompareN>("_" + stem + "nicmp", {kNull},
                                 [](auto* f) { return f(nullptr, nullptr, 1); });
  symbols.template add<Char*(const Char*)>("_" + stem + "dup", {0},
                                           [](auto* f) { return f(nullptr) != nullptr; });
}

template <typename Char, typename Symbols>
void add_counted(const Symbols& symbols, const std::string& stem) {
  using Function = errno_t(Char*, size_t, const Char*, size_t);
  for (const std::string name : {"ncpy_s", "ncat_s"}) {
    symbols.template add<Function>(stem + name, {EINVAL}, [](auto* f) { return f(nullptr, 0, nullptr, 1); });
    symbols.template add<Function>(stem + name, {EINVAL}, [](auto* f) {
      Char to[4] = {};
      return f(to, 4, nullptr, 1);
    });
  }
}

struct Narrow {
  template <typename Function, typename Call>
  void add(const std::string& name, std::vector<ULONG> codes, Call call) const {
    auto* const found = exported<Function>(name.c_str());
    calls.push_back({name, "nothing", std::move(codes), [=] { return static_cast<ULONG>(call(found)); }});
  }
  BadCalls& calls;
};

struct Wide {
  template <typename Function, typename Call>
  void add(const std::string& name, const std::vector<ULONG>& codes, Call call) const {
    add_both<Function>(calls, name, "nothing", codes, call);
  }
  BadCalls& calls;
};

void add_numbers(const Narrow& narrow, const Wide& wide) {
  wide.add<int(const wchar_t*)>("_wtoi", {0}, [](auto* f) { return f(nullptr); });
  wide.add<long long(const wchar_t*)>("_wtoi64", {0}, [](auto* f) { return f(nullptr); });
  narrow.add<long long(const char*)>("_atoi64", {0}, [](auto* f) { return f(nullptr); });
  const auto radix_of_one = [](auto* f) {
    char to[4];
    return f(1, to, sizeof(to), 1);
  };
  narrow.add<errno_t(int, char*, size_t, int)>("_itoa_s", {EINVAL}, radix_of_one);
  narrow.add<errno_t(unsigned, char*, size_t, int)>("_ultoa_s", {EINVAL}, radix_of_one);
  narrow.add<errno_t(long long, char*, size_t, int)>("_i64toa_s", {EINVAL}, radix_of_one);
  narrow.add<errno_t(unsigned long long, char*, size_t, int)>("_ui64toa_s", {EINVAL}, radix_of_one);
}

void add_conversions(BadCalls& calls) {
  add_both<decltype(_wfopen)>(calls, "_wfopen", "nothing", {EINVAL},
                              [](auto* f) { return f(nullptr, nullptr) == nullptr ? errno : 0; });
  add_both<decltype(MultiByteToWideChar)>(calls, "MultiByteToWideChar", "nothing", {ERROR_INVALID_PARAMETER},
                                          [](auto* f) {
                                            f(CP_UTF8, ~0U, nullptr, -1, nullptr, 0);
                                            return GetLastError();
                                          });
  add_both<decltype(WideCharToMultiByte)>(calls, "WideCharToMultiByte", "a garbage code page",
                                          {ERROR_INVALID_PARAMETER}, [](auto* f) {
                                            f(~0U, 0, L"x", 1, nullptr, 0, nullptr, nullptr);
                                            return GetLastError();
                                          });
}

// What a function that returns nothing, or a pointer, makes of NULL: nothing.
template <typename Char, typename Symbols>
void add_shell_paths(const Symbols& symbols, const std::string& suffix) {
  using Find = Char*(const Char*);
  using Change = void(Char*);
  for (const std::string name : {"PathFindFileName", "PathFindExtension"})
    symbols.template add<Find>(name + suffix, {0}, [](auto* f) { return f(nullptr) != nullptr; });
  for (const std::string name : {"PathStripPath", "PathRemoveExtension"}) {
    symbols.template add<Change>(name + suffix, {0}, [](auto* f) {
      f(nullptr);
      return 0;
    });
  }
  symbols.template add<BOOL(Char*)>("PathRemoveFileSpec" + suffix, {0}, [](auto* f) { return f(nullptr); });
  symbols.template add<BOOL(const Char*)>("PathFileExists" + suffix, {ERROR_INVALID_PARAMETER}, [](auto* f) {
    f(nullptr);
    return GetLastError();
  });
  symbols.template add<Char*(const Char*, const Char*)>(
      "StrStrI" + suffix, {0}, [](auto* f) { return f(nullptr, nullptr) != nullptr; });
}

template <typename Char, typename Symbols>
void add_split_path(const Symbols& symbols, const std::string& name) {
  using Split = errno_t(const Char*, Char*, size_t, Char*, size_t, Char*, size_t, Char*, size_t);
  symbols.template add<Split>(name, {EINVAL}, [](auto* f) {
    return f(nullptr, nullptr, 9, nullptr, 0, nullptr, ~size_t{0}, nullptr, 0);
  });
}

template <typename To, typename From, typename Symbols>
void add_counted_conversion(const Symbols& symbols, const std::string& name) {
  using Convert = errno_t(size_t*, To*, size_t, const From*, size_t);
  symbols.template add<Convert>(name, {EINVAL},
                                [](auto* f) { return f(nullptr, nullptr, 0, nullptr, ~size_t{0}); });
  symbols.template add<Convert>(name, {EINVAL}, [](auto* f) {
    const From empty[1] = {};
    return f(nullptr, nullptr, 5, empty, 0);
  });
}

void add_scans(const Narrow& narrow) {
  constexpr ULONG kEnd = 0xffff'ffff;  // EOF
  narrow.add<decltype(scanf_s)>("scanf_s", {kEnd}, [](auto* f) { return f(nullptr); });
  narrow.add<decltype(fscanf_s)>("fscanf_s", {kEnd}, [](auto* f) { return f(nullptr, nullptr); });
  narrow.add<decltype(sscanf_s)>("sscanf_s", {kEnd}, [](auto* f) { return f("1", "%y"); });
  narrow.add<decltype(vscanf_s)>("vscanf_s", {kEnd}, [](auto* f) {
    va_list none{};
    return f(nullptr, none);
  });
  narrow.add<decltype(vfscanf_s)>("vfscanf_s", {kEnd}, [](auto* f) {
    va_list none{};
    return f(nullptr, "%d", none);
  });
  narrow.add<decltype(vsscanf_s)>("vsscanf_s", {kEnd}, [](auto* f) {
    va_list none{};
    return f(nullptr, "%d", none);
  });
}

void add_debug_output(const Narrow& narrow, const Wide& wide) {
  const auto say_nothing = [](auto* f) {
    f(nullptr);
    return 0;
  };
  narrow.add<decltype(OutputDebugStringA)>("OutputDebugStringA", {0}, say_nothing);
  wide.add<decltype(OutputDebugStringW)>("OutputDebugStringW", {0}, say_nothing);
}

void add_socket_names(BadCalls& calls, const Narrow& narrow) {
  const ULONG fault = static_cast<ULONG>(WSAEFAULT);
  constexpr ULONG kFailed = 0xffff'ffff;  // SOCKET_ERROR
  add_both<decltype(GetAddrInfoW)>(calls, "GetAddrInfoW", "nothing", {fault},
                                   [](auto* f) { return f(nullptr, nullptr, nullptr, nullptr); });
  add_both<decltype(GetNameInfoW)>(calls, "GetNameInfoW", "nothing", {fault},
                                   [](auto* f) { return f(nullptr, -1, nullptr, 0, nullptr, 0, -1); });
  add_both<decltype(WSAAddressToStringW)>(calls, "WSAAddressToStringW", "nothing", {kFailed},
                                          [](auto* f) { return f(nullptr, 0, nullptr, nullptr, nullptr); });
  narrow.add<decltype(WSAAddressToStringA)>("WSAAddressToStringA", {kFailed},
                                            [](auto* f) { return f(nullptr, 0, nullptr, nullptr, nullptr); });
  add_both<decltype(WSAStringToAddressW)>(calls, "WSAStringToAddressW", "nothing", {kFailed},
                                          [](auto* f) { return f(nullptr, ~0, nullptr, nullptr, nullptr); });
  narrow.add<decltype(WSAStringToAddressA)>(
      "WSAStringToAddressA", {kFailed}, [](auto* f) { return f(nullptr, ~0, nullptr, nullptr, nullptr); });
  narrow.add<decltype(FreeAddrInfoW)>("FreeAddrInfoW", {0}, [](auto* f) {
    f(nullptr);
    return 0;
  });
}

}  // namespace

void add_string_calls(BadCalls& calls) {
  const Narrow narrow{calls};
  const Wide wide{calls};
  add_dates(calls);
  add_lstr<char>(narrow, "A");
  add_lstr<wchar_t>(wide, "W");
  add_crt<char>(narrow, "str");
  add_crt<wchar_t>(wide, "wcs");
  add_counted<char>(narrow, "str");
  add_counted<wchar_t>(wide, "wcs");
  add_numbers(narrow, wide);
  add_conversions(calls);
  add_shell_paths<char>(narrow, "A");
  add_shell_paths<wchar_t>(wide, "W");
  add_split_path<char>(narrow, "_splitpath_s");
  add_split_path<wchar_t>(wide, "_wsplitpath_s");
  add_counted_conversion<char, wchar_t>(wide, "wcstombs_s");
  add_counted_conversion<wchar_t, char>(wide, "mbstowcs_s");
  add_scans(narrow);
  add_debug_output(narrow, wide);
  add_socket_names(calls, narrow);
}

}  // namespace bad_arguments
